  // A fault, or an attempt to load anything, is told in the page itself.
  window.addEventListener('error', function (event) { document.body.dataset.fault = event.message; });
  document.addEventListener('securitypolicyviolation', function (event) {
    document.body.dataset.fault = event.violatedDirective + ' ' + event.blockedURI;
  });

  var D = JSON.parse(document.getElementById('data').textContent);
  var START = D.start;
  var END = D.start + D.span;
  var RULE_COLOURS = ['#b5482f', '#22698c', '#7a55a8', '#2c7a51', '#b0741a', '#a8437a', '#47548f', '#66752a'];
  var STATE_COLOURS = {
    PENDING: '#dcdfe3', LIVE: '#b4cadb', TRIGGERING: '#eab04f', TRIGGERED: '#dd7f2e', PARTLY_EFFECTIVE: '#a184c2',
    FINISHED: '#2c6e4f', CANCELLED: '#8d96a1', EXPIRED: '#9c8255', REJECTED: '#a63d2f', SUPPRESSED: '#6d3a34',
    HELD: '#c9bb86'
  };
  /** Text in a state's colour, where that is dark enough to read. */
  var STATE_INK = {
    TRIGGERING: '#a06a10', TRIGGERED: '#b3601a', PARTLY_EFFECTIVE: '#7a55a8', FINISHED: '#2c6e4f', EXPIRED: '#7f673c',
    REJECTED: '#a63d2f', SUPPRESSED: '#6d3a34'
  };
  var INK = '#1d2733';
  var SOFT = '#5d6875';
  var LINE = '#ddd9d0';
  var PAPER = '#fffefb';
  var PRICE = '#64717f';
  var SELL = '#a63d2f';
  var BUY = '#2c6e4f';
  var FONT = getComputedStyle(document.body).fontFamily;
  var MARKS = D.marks.armed.t.length + D.marks.orders.t.length + D.marks.fills.t.length + D.marks.fired.t.length +
    D.marks.liquidations.t.length;
  // Vector drawing prints sharply and can be counted; with thousands of marks a bitmap is quicker.
  var RENDERER = MARKS > 3000 ? 'canvas' : 'svg';
  var charts = {};

  function word(key) {
    return D.text[key];
  }

  function element(name, className, text) {
    var node = document.createElement(name);
    if (className) {
      node.className = className;
    }
    if (text !== undefined) {
      node.textContent = text;
    }
    return node;
  }

  function escaped(text) {
    return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
  }

  function sums(differences) {
    var total = 0;
    return differences.map(function (difference) {
      total += difference;
      return total;
    });
  }

  /** Columns of differences become columns of times (ms since the epoch) and whole values. */
  function columns(series) {
    return {t: sums(series.t).map(function (t) { return START + t; }), v: sums(series.v)};
  }

  function grouped(value, decimals) {
    var parts = Math.abs(value).toFixed(decimals).split('.');
    parts[0] = parts[0].replace(/\B(?=(\d{3})+$)/g, ',');
    return (value < 0 ? '\u2212' : '') + parts.join('.');
  }

  function decimalsFor(span) {
    return Math.max(0, Math.min(8, 2 - Math.floor(Math.log10(span || 1))));
  }

  function axisText(value) {
    var size = Math.abs(value);
    var decimals = size >= 100 || value === 0 ? 0 : size >= 1 ? 2 : 8;
    var text = grouped(value, Math.max(decimals, Number.isInteger(value) ? 0 : Math.min(2, decimals || 2)));
    return text.indexOf('.') < 0 ? text : text.replace(/0+$/, '').replace(/\.$/, '');
  }

  function timeText(ms) {
    return new Date(ms).toISOString().replace('T', ' ').replace(/(\.000)?Z$/, '');
  }

  function ruleColour(index) {
    return index < 0 ? PRICE : RULE_COLOURS[index % RULE_COLOURS.length];
  }

  function tipHtml(lines) {
    return '<div class="tip">' + lines.map(function (line, i) {
      if (line.indexOf('! ') === 0) {
        return '<div class="why">' + escaped(line.substring(2)) + '</div>';
      }
      if (line.indexOf('? ') === 0) {
        return '<div class="miss">' + escaped(line.substring(2)) + '</div>';
      }
      return i === 0 ? '<b>' + escaped(line) + '</b>' : '<div>' + escaped(line) + '</div>';
    }).join('') + '</div>';
  }

  // ---- head, key figures, tables

  function facts(pairs, className) {
    var list = element('dl', 'facts');
    pairs.forEach(function (pair) {
      list.append(element('dt', '', pair[0]), element('dd', className, pair[1]));
    });
    return list;
  }

  function drawHead() {
    var head = document.getElementById('head');
    var chips = element('ul', 'chips');
    D.head.chips.forEach(function (chip) {
      chips.append(element('li', chip.holds ? '' : 'no', chip.text));
    });
    var grid = element('div', 'grid');
    grid.append(facts(D.head.facts, ''), facts(D.head.hashes, 'hash'));
    head.append(element('div', 'kind', D.head.kind), element('h1', '', D.head.title));
    if (D.head.description) {
      head.append(element('p', 'lead', D.head.description));
    }
    head.append(chips, grid);
  }

  function drawKeyFigures() {
    D.kpis.forEach(function (kpi) {
      var tone = kpi.tone > 0 ? ' up' : kpi.tone < 0 ? ' down' : '';
      var box = element('div', 'kpi' + tone);
      var value = element('strong', '', kpi.value.replace('-', '\u2212'));
      if (kpi.unit) {
        value.append(element('small', '', kpi.unit));
      }
      box.append(element('b', '', kpi.label), value, element('i', '', kpi.note));
      document.getElementById('kpis').append(box);
    });
    document.getElementById('kpis').classList.toggle('many', D.kpis.length > 6);
  }

  var ROWS_AT_FIRST = 200;
  var CELL_CLASS = {inequality: 'wide why', reason: 'wide', code: 'code'};

  function tableRow(table, row) {
    var line = element('tr');
    row.forEach(function (text, i) {
      var column = table.head[i];
      var cell = element('td', column.number ? 'number' : CELL_CLASS[column.key] || '');
      if (column.key === 'rule' && text !== '–') {
        var dot = element('span', 'dot');
        dot.style.background = ruleColour(ruleIndex(text));
        cell.append(dot);
      }
      if (column.key === 'side') {
        cell.classList.add(text === D.text['side.SELL'] ? 'sell' : 'buy');
      }
      cell.append(text);
      line.append(cell);
    });
    return line;
  }

  function ruleIndex(name) {
    return D.rules.findIndex(function (rule) { return rule.name === name; });
  }

  function drawTable(id) {
    var table = D.tables[id];
    var box = document.getElementById(id);
    if (table.rows.length === 0) {
      box.append(element('p', 'empty', word('page.none')));
      return;
    }
    var sheet = element('table');
    var head = element('tr');
    table.head.forEach(function (column) {
      head.append(element('th', column.number ? 'number' : '', column.text));
    });
    var body = element('tbody');
    function add(rows) {
      rows.forEach(function (row) { body.append(tableRow(table, row)); });
    }
    add(table.rows.slice(0, ROWS_AT_FIRST));
    sheet.append(element('thead'), body);
    sheet.firstChild.append(head);
    box.append(sheet);
    if (table.rows.length > ROWS_AT_FIRST) {
      var more = element('button', 'more screen', word('page.all').replace('{0}', grouped(table.rows.length, 0)));
      more.addEventListener('click', function () {
        add(table.rows.slice(ROWS_AT_FIRST));
        more.remove();
      });
      box.append(more);
    }
    if (table.note) {
      box.append(element('p', 'hint', table.note));
    }
    if (table.rows.length > 25) {
      box.parentNode.classList.add('long');
    }
  }

  function drawAsk() {
    D.ask.forEach(function (pair) {
      document.getElementById('ask').append(element('dt', '', pair[0]), element('dd', '', pair[1]));
    });
  }

  // ---- charts over time: same margins, same axis, one zoom for all

  var LEFT = window.innerWidth < 700 ? 56 : 74;
  var RIGHT = 16;

  function timeAxis(gridIndex, labels) {
    return {
      type: 'time', gridIndex: gridIndex, min: START, max: END,
      axisLine: {onZero: false, lineStyle: {color: SOFT}}, axisTick: {show: labels, lineStyle: {color: SOFT}},
      splitLine: {show: false},
      axisPointer: {show: true, label: {show: false}, lineStyle: {color: SOFT, type: 'dotted'}},
      axisLabel: {
        show: labels, color: SOFT, fontSize: 11, hideOverlap: true,
        formatter: {
          year: '{yyyy}', month: D.span < 60 * 86400e3 ? '{MM}-{dd}' : '{yyyy}-{MM}', day: '{MM}-{dd}', hour: '{HH}:{mm}', minute: '{HH}:{mm}',
          second: '{HH}:{mm}:{ss}', millisecond: '{HH}:{mm}:{ss}.{SSS}'
        }
      }
    };
  }

  function valueAxis(gridIndex, min, max, text, count) {
    return {
      type: 'value', gridIndex: gridIndex, min: min, max: max, splitNumber: count,
      axisLine: {show: false}, axisTick: {show: false}, splitLine: {lineStyle: {color: '#ebe8e0'}},
      axisLabel: {color: SOFT, fontSize: 11, margin: 12, formatter: text, showMinLabel: false, showMaxLabel: false},
      axisPointer: {show: false}
    };
  }

  function zooms(slider, axes) {
    return [
      {id: 'inside', type: 'inside', xAxisIndex: axes, filterMode: 'none', zoomOnMouseWheel: 'ctrl',
        moveOnMouseWheel: false, moveOnMouseMove: true, minValueSpan: Math.min(D.span, 1000)},
      {id: 'slider', type: 'slider', show: slider, xAxisIndex: axes, filterMode: 'none', left: LEFT, right: RIGHT,
        bottom: 8, height: 26, borderColor: LINE, fillerColor: 'rgba(47,85,115,.10)', showDetail: false,
        brushSelect: false, handleSize: '90%', moveHandleSize: 0, minValueSpan: Math.min(D.span, 1000),
        handleStyle: {color: PAPER, borderColor: SOFT},
        dataBackground: {lineStyle: {color: '#b9bfc6', width: 1}, areaStyle: {color: '#e6e6e2'}},
        selectedDataBackground: {lineStyle: {color: '#8795a3', width: 1}, areaStyle: {color: '#cfd9e1'}}}
    ];
  }

  function tooltip(formatter) {
    return {
      trigger: 'item', confine: true, backgroundColor: PAPER, borderColor: SOFT, borderWidth: 1, padding: [8, 12],
      textStyle: {color: INK, fontSize: 12}, extraCssText: 'box-shadow:0 3px 14px rgba(30,30,20,.16);border-radius:2px',
      formatter: formatter
    };
  }

  function createChart(id, height, option) {
    var box = document.getElementById(id);
    box.style.height = height + 'px';
    var chart = echarts.init(box, null, {renderer: RENDERER});
    option.animation = false;
    option.useUTC = true;
    option.textStyle = {fontFamily: FONT};
    chart.setOption(option);
    chart.group = 'time';
    charts[id] = chart;
    return chart;
  }

  /** The value at the cross-hair, told in the panel's heading. */
  function readout(chart, id, text) {
    var output = document.getElementById(id + '-readout');
    chart.on('updateAxisPointer', function (event) {
      var axis = event.axesInfo && event.axesInfo[0];
      output.textContent = axis ? timeText(Math.round(axis.value)) + text(axis.value) : '';
    });
  }

  function indexAt(times, time) {
    var low = 0;
    var high = times.length - 1;
    while (low < high) {
      var middle = (low + high + 1) >> 1;
      if (times[middle] <= time) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** Lowest and highest value that a stretch of time shows. */
  function extremes(series, from, to) {
    var i = indexAt(series.t, from);
    var low = series.v.length ? series.v[i] : 0;
    var high = series.v.length ? series.v[i] : 1;
    for (; i < series.v.length && series.t[i] <= to; i++) {
      low = Math.min(low, series.v[i]);
      high = Math.max(high, series.v[i]);
    }
    return [low, high];
  }

  /** Calls once a frame at most, with the stretch of time that the chart shows now. */
  function onZoom(chart, show) {
    var waiting = false;
    chart.on('datazoom', function () {
      if (!waiting) {
        waiting = true;
        requestAnimationFrame(function () {
          waiting = false;
          var extent = chart.getModel().getComponent('xAxis', 0).axis.scale.getExtent();
          show(extent[0], extent[1]);
        });
      }
    });
  }

