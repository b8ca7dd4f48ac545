(function () {
  'use strict';

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
  var MARKS = D.marks.armed.t.length + D.marks.orders.t.length + D.marks.fills.t.length + D.marks.fired.t.length;
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

  var LEFT = 74;
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

  // ---- price

  var price = columns(D.price);
  var tick = D.unit.tick;

  /** Shows the tape whole and levels that are near it; what lies farther off is marked at the edge. */
  function priceScale() {
    var low = Math.min.apply(null, price.v.length ? price.v : [0]);
    var high = Math.max.apply(null, price.v.length ? price.v : [1]);
    var near = Math.max(high - low, 1) * 0.6;
    var min = low;
    var max = high;
    Object.keys(D.marks).forEach(function (kind) {
      columns(D.marks[kind]).v.forEach(function (ticks) {
        if (ticks >= low - near && ticks <= high + near) {
          min = Math.min(min, ticks);
          max = Math.max(max, ticks);
        }
      });
    });
    var margin = Math.max(1, (max - min) * 0.07);
    return {min: Math.max(0, min - margin) * tick, max: (max + margin) * tick, edge: margin * 0.35 * tick};
  }

  var scale = priceScale();

  /** Inside the drawn range, so that no mark is ever cut off. */
  function inScale(value) {
    return Math.min(scale.max - scale.edge, Math.max(scale.min + scale.edge, value));
  }

  function marks(kind, keep, style) {
    var source = D.marks[kind];
    var points = columns(source);
    var data = [];
    points.t.forEach(function (time, i) {
      if (keep(source, i)) {
        var value = points.v[i] * tick;
        var shown = inScale(value);
        var point = style(source.rule[i], source.sell[i] === 1, i);
        point.value = [time, shown];
        point.tip = source.tip[i] || timeText(time) + '\n' + grouped(value, D.unit.priceDecimals);
        if (shown !== value) {
          point.tip += '\n(' + word('page.offscale') + ')';
        }
        data.push(point);
      }
    });
    return data;
  }

  function all() {
    return true;
  }

  function markSeries(id, name, symbol, size, offset, z, data, more) {
    var series = {
      id: id, name: name, type: 'scatter', symbol: symbol, symbolSize: size, symbolOffset: offset, z: z, data: data,
      progressive: 0, clip: false, emphasis: {scale: 1.3}
    };
    Object.keys(more || {}).forEach(function (key) { series[key] = more[key]; });
    return series;
  }

  var DOWN = 'path://M0,0L10,0L5,9Z';
  var UP = 'path://M0,9L10,9L5,0Z';

  function fillSeries(sell) {
    var data = marks('fills', function (source, i) { return (source.sell[i] === 1) === sell; }, function () {
      return {};
    });
    // A seller's arrow comes from above, a buyer's from below: neither covers the firing that caused it.
    return markSeries(sell ? 'fills-sell' : 'fills-buy', word(sell ? 'page.sell' : 'page.buy'), sell ? DOWN : UP,
      [11, 10], [0, sell ? -13 : 13], 8, data,
      {itemStyle: {color: sell ? SELL : BUY, borderColor: PAPER, borderWidth: 1}});
  }

  function labelled(rule, position) {
    return {
      show: rule >= 0, formatter: rule >= 0 ? D.rules[rule].name : '', position: position, distance: 6, fontSize: 11,
      fontWeight: 600, color: ruleColour(rule), textBorderColor: PAPER, textBorderWidth: 3, width: 130,
      overflow: 'truncate'
    };
  }

  function markerSeries() {
    var labels = {hideOverlap: true};
    var armed = marks('armed', all, function (rule, sell, i) {
      return {itemStyle: {color: PAPER, borderColor: ruleColour(rule), borderWidth: 2}, label: labelled(rule, 'right')};
    });
    var orders = marks('orders', all, function (rule) {
      return {itemStyle: {color: PAPER, borderColor: ruleColour(rule), borderWidth: 1.5}};
    });
    var fired = marks('fired', all, function (rule, sell) {
      return {itemStyle: {color: ruleColour(rule), borderColor: PAPER, borderWidth: 1.5},
        label: labelled(rule, sell ? 'right' : 'left')};
    });
    return [
      markSeries('armed', word('page.armed'), 'circle', 10, 0, 6, armed, {labelLayout: labels}),
      markSeries('orders', word('page.order'), 'diamond', 9, [0, 13], 5, orders),
      markSeries('fired', word('page.fired'), 'circle', 13, 0, 7, fired, {labelLayout: labels}),
      fillSeries(true),
      fillSeries(false)
    ];
  }

  function lineSeries(id, name, colour, data, more) {
    var series = {
      id: id, name: name, type: 'line', data: data, showSymbol: false, symbol: 'none', silent: true, clip: true,
      lineStyle: {color: colour, width: 1.1}, itemStyle: {color: colour}, z: 3
    };
    Object.keys(more || {}).forEach(function (key) { series[key] = more[key]; });
    return series;
  }

  function ruleEnd(rule) {
    var bars = D.rules[rule].bars;
    return START + (bars.length ? bars[bars.length - 1][1] : D.span);
  }

  /** The level of each priced leg, from arming to the end of its rule. */
  function levelSeries() {
    var armed = columns(D.marks.armed);
    var series = [];
    armed.t.forEach(function (time, i) {
      var rule = D.marks.armed.rule[i];
      if (D.marks.armed.level[i]) {
        series.push(lineSeries('level-' + i, word('page.armed'), ruleColour(rule),
          [[time, armed.v[i] * tick], [ruleEnd(rule), armed.v[i] * tick]],
          {lineStyle: {color: ruleColour(rule), width: 1, type: [2, 4], opacity: 0.8}, z: 2}));
      }
    });
    return series;
  }

  function trailSeries() {
    return D.trails.map(function (trail, i) {
      var steps = columns(trail);
      var data = [];
      steps.t.forEach(function (time, k) {
        var level = steps.v[k];
        if (level === 0 && k > 0) {
          data.push([time, steps.v[k - 1] * tick]);
        }
        data.push([time, level === 0 ? null : level * tick]);
      });
      if (steps.v.length && steps.v[steps.v.length - 1] !== 0) {
        data.push([ruleEnd(trail.rule), steps.v[steps.v.length - 1] * tick]);
      }
      return lineSeries('trail-' + i, word('page.trail'), ruleColour(trail.rule), data, {
        step: 'end', connectNulls: false, z: 4, lineStyle: {color: ruleColour(trail.rule), width: 1.4}
      });
    });
  }

  var GLYPHS = [
    ['page.price', '<path d="M0 10L4 5L8 8L14 2" fill="none" stroke="' + PRICE + '" stroke-width="1.6"/>'],
    ['page.armed', '<circle cx="7" cy="7" r="4.5" fill="none" stroke="currentColor" stroke-width="2"/>'],
    ['page.fired', '<circle cx="7" cy="7" r="5.5" fill="currentColor"/>'],
    ['page.order', '<path d="M7 2L12 7L7 12L2 7Z" fill="none" stroke="currentColor" stroke-width="1.5"/>'],
    ['page.sell', '<path d="M2 3L12 3L7 12Z" fill="' + SELL + '"/>'],
    ['page.buy', '<path d="M2 11L12 11L7 2Z" fill="' + BUY + '"/>'],
    ['page.trail', '<path d="M0 11H5V7H9V3H14" fill="none" stroke="currentColor" stroke-width="1.5"/>']
  ];

  function priceLegend(chart) {
    GLYPHS.forEach(function (glyph) {
      var button = element('button');
      button.type = 'button';
      button.setAttribute('aria-pressed', 'true');
      button.innerHTML = '<svg viewBox="0 0 14 14" aria-hidden="true">' + glyph[1] + '</svg>';
      button.append(word(glyph[0]));
      button.addEventListener('click', function () {
        button.setAttribute('aria-pressed', String(button.getAttribute('aria-pressed') !== 'true'));
        chart.dispatchAction({type: 'legendToggleSelect', name: word(glyph[0])});
      });
      document.getElementById('price-legend').append(button);
    });
  }

  function drawPrice() {
    var points = price.t.map(function (time, i) { return [time, price.v[i] * tick]; });
    var series = [lineSeries('price', word('page.price'), PRICE, points, {sampling: 'minmax', large: true})]
      .concat(levelSeries(), trailSeries(), markerSeries());
    var chart = createChart('price', 470, {
      grid: {left: LEFT, right: RIGHT, top: 12, bottom: 66},
      legend: {show: false, data: GLYPHS.map(function (glyph) { return word(glyph[0]); })},
      tooltip: tooltip(function (item) { return item.data && item.data.tip ? tipHtml(item.data.tip.split('\n')) : ''; }),
      xAxis: timeAxis(0, true),
      yAxis: valueAxis(0, scale.min, scale.max, axisText, 6),
      dataZoom: zooms(true, [0]),
      series: series
    });
    readout(chart, 'price', function (time) {
      return price.v.length ? '   ' + grouped(price.v[indexAt(price.t, time)] * tick, D.unit.priceDecimals) + ' ' +
        D.unit.quote : '';
    });
    priceLegend(chart);
  }

  // ---- a lane for each rule

  var LANE = D.rules.length > 60 ? 26 : 44;
  var BAR = 13;

  function laneText(x, y, text, style) {
    style.text = text;
    style.x = x;
    style.y = y;
    style.textVerticalAlign = 'middle';
    style.overflow = 'truncate';
    style.ellipsis = '…';
    return {type: 'text', style: style, silent: true};
  }

  function laneBars(rule, api, area, lane, top) {
    var shapes = [];
    rule.bars.forEach(function (bar) {
      var from = api.coord([START + bar[0], lane])[0];
      var to = api.coord([START + bar[1], lane])[0];
      // A state may last no time at all: it still gets three pixels.
      var box = {x: from, y: top, width: Math.max(3, to - from), height: BAR};
      var clipped = echarts.graphic.clipRectByRect(box, area);
      if (clipped) {
        shapes.push({type: 'rect', shape: clipped, style: {fill: STATE_COLOURS[bar[2]]}});
      }
    });
    return shapes;
  }

  function laneTicks(rule, index, api, area, lane, top) {
    return rule.ticks.map(function (time) {
      return api.coord([START + time, lane])[0];
    }).filter(function (x) {
      return x >= area.x - 1 && x <= area.x + area.width + 1;
    }).map(function (x) {
      return {type: 'circle', shape: {cx: x, cy: top + BAR / 2, r: 6.5},
        style: {fill: ruleColour(index), stroke: PAPER, lineWidth: 1.5}};
    });
  }

  function drawLane(params, api) {
    var index = api.value(2);
    var rule = D.rules[index];
    var area = params.coordSys;
    var y = api.coord([START, index])[1];
    var top = LANE >= 40 ? y + 4 : y - BAR / 2;
    var children = [
      {type: 'rect', shape: {x: area.x, y: y - LANE / 2, width: area.width, height: LANE}, style: {fill: 'transparent'}},
      {type: 'rect', shape: {x: area.x, y: top, width: area.width, height: BAR}, style: {fill: '#f4f2eb'}}
    ];
    if (LANE >= 40) {
      var right = Math.min(230, area.width * 0.38);
      var left = area.width - right - 10;
      children.push(
        laneText(area.x, y - 9, '{name|' + rule.name.replace(/[{}|]/g, ' ') + '}  ' + rule.what.replace(/[{}]/g, ' '), {
          width: left, fill: SOFT, fontSize: 12,
          fontFamily: FONT, rich: {name: {fill: ruleColour(index), fontWeight: 600, fontSize: 13, fontFamily: FONT}}
        }),
        laneText(area.x + area.width, y - 9, rule.end, {
          width: right, textAlign: 'right', fill: STATE_INK[rule.state] || SOFT, fontSize: 12, fontWeight: 600, fontFamily: FONT
        }));
    }
    return {
      type: 'group',
      children: children.concat(laneBars(rule, api, area, index, top), laneTicks(rule, index, api, area, index, top))
    };
  }

  function lanesLegend() {
    var seen = {};
    D.rules.forEach(function (rule) {
      rule.bars.forEach(function (bar) { seen[bar[2]] = true; });
    });
    Object.keys(STATE_COLOURS).filter(function (state) { return seen[state]; }).forEach(function (state) {
      var entry = element('span');
      entry.innerHTML = '<svg viewBox="0 0 14 14" aria-hidden="true"><rect y="2" width="14" height="10" fill="' +
        STATE_COLOURS[state] + '"/></svg>';
      entry.append(word('state.' + state));
      document.getElementById('lanes-legend').append(entry);
    });
    var firing = element('span');
    firing.innerHTML = '<svg viewBox="0 0 14 14" aria-hidden="true"><circle cx="7" cy="7" r="5.5" fill="currentColor"/></svg>';
    firing.append(word('page.trigger'));
    document.getElementById('lanes-legend').append(firing);
  }

  function drawLanes() {
    var count = D.rules.length;
    if (count === 0) {
      document.getElementById('lanes').append(element('p', 'empty', word('page.none')));
      return;
    }
    if (count > 24) {
      document.getElementById('lanes').parentNode.classList.add('long');
    }
    var chart = createChart('lanes', count * LANE + 44, {
      grid: {left: LEFT, right: RIGHT, top: 8, bottom: 36},
      tooltip: tooltip(function (item) {
        var rule = D.rules[item.value[2]];
        return tipHtml([rule.name + '  ' + rule.tip[0]].concat(rule.tip.slice(1)));
      }),
      xAxis: timeAxis(0, true),
      yAxis: {
        type: 'value', min: -0.5, max: count - 0.5, inverse: true, axisLine: {show: false}, axisTick: {show: false},
        splitLine: {show: false}, axisPointer: {show: false}, interval: 1,
        axisLabel: {show: LANE < 40, formatter: function (i) { return D.rules[i] ? D.rules[i].name : ''; },
          width: LEFT - 12, overflow: 'truncate', color: SOFT, fontSize: 11}
      },
      dataZoom: zooms(false, [0]),
      series: [{
        id: 'lanes', type: 'custom', renderItem: drawLane, progressive: 0, clip: false, encode: {x: [0, 1], y: 2},
        data: D.rules.map(function (rule, i) { return {value: [START, END, i]}; })
      }]
    });
    readout(chart, 'lanes', function () { return ''; });
    lanesLegend();
  }

  // ---- equity, drawdown, fees

  /** The deepest stretches below an earlier high: [from, to] of each, at most five. */
  function drawdownZones(times, depths) {
    var zones = [];
    var open = null;
    depths.forEach(function (depth, i) {
      if (depth > 0) {
        open = open || {from: times[Math.max(0, i - 1)], depth: 0};
        open.depth = Math.max(open.depth, depth);
        open.to = times[i];
      }
      if (open && (depth === 0 || i === depths.length - 1)) {
        open.to = times[i];
        zones.push(open);
        open = null;
      }
    });
    return zones.sort(function (a, b) { return b.depth - a.depth || a.from - b.from; }).slice(0, 5)
      .filter(function (zone) { return zone.depth >= 10; })
      .map(function (zone) { return [{xAxis: zone.from}, {xAxis: zone.to}]; });
  }

  function drawEquity() {
    var unit = D.unit.quoteUnit;
    var equity = columns(D.equity);
    var depths = D.equity.drawdownBps;
    var zones = drawdownZones(equity.t, depths);
    var chart = createChart('equity', 330, {
      grid: [{left: LEFT, right: RIGHT, top: 12, height: 180}, {left: LEFT, right: RIGHT, top: 212, height: 76}],
      axisPointer: {link: [{xAxisIndex: 'all'}]},
      tooltip: {show: true, trigger: 'none'},
      xAxis: [timeAxis(0, false), timeAxis(1, true)],
      yAxis: [
        Object.assign(valueAxis(0, undefined, undefined, axisText, 4), {scale: true}),
        valueAxis(1, undefined, 0, function (value) { return axisText(value) + ' %'; }, 2)
      ],
      dataZoom: zooms(false, [0, 1]),
      series: [
        lineSeries('equity', word('page.equity'), '#2f5573', equity.t.map(function (time, i) {
          return [time, equity.v[i] * unit];
        }), {
          sampling: 'minmax', lineStyle: {color: '#2f5573', width: 1.4},
          markArea: {silent: true, itemStyle: {color: 'rgba(166,61,47,.07)'}, data: zones}
        }),
        lineSeries('drawdown', word('page.drawdown'), SELL, equity.t.map(function (time, i) {
          return [time, depths[i] === 0 ? 0 : -depths[i] / 100];
        }), {sampling: 'minmax', xAxisIndex: 1, yAxisIndex: 1, areaStyle: {color: 'rgba(166,61,47,.18)'}})
      ]
    });
    readout(chart, 'equity', function (time) {
      if (!equity.v.length) {
        return '';
      }
      var i = indexAt(equity.t, time);
      return '   ' + grouped(equity.v[i] * unit, 2) + ' ' + D.unit.quote + '   ' + word('page.drawdown') + ' ' +
        grouped(depths[i] === 0 ? 0 : -depths[i] / 100, 2) + ' %';
    });
  }

  function drawFees() {
    var unit = D.unit.feeUnit;
    var fees = columns(D.fees);
    if (!fees.v.length) {
      document.getElementById('fees').append(element('p', 'empty', word('page.none')));
      return;
    }
    var last = fees.v[fees.v.length - 1] * unit;
    var points = [[START, 0]].concat(fees.t.map(function (time, i) { return [time, fees.v[i] * unit]; }), [[END, last]]);
    var chart = createChart('fees', 180, {
      grid: {left: LEFT, right: RIGHT, top: 14, bottom: 34},
      tooltip: {show: true, trigger: 'none'},
      xAxis: timeAxis(0, true),
      yAxis: valueAxis(0, 0, undefined, axisText, 3),
      dataZoom: zooms(false, [0]),
      series: [lineSeries('fees', word('page.fees'), '#8a6a1f', points, {
        step: 'end', areaStyle: {color: 'rgba(138,106,31,.10)'}, lineStyle: {color: '#8a6a1f', width: 1.4}
      })]
    });
    readout(chart, 'fees', function (time) {
      var value = time < fees.t[0] ? 0 : fees.v[indexAt(fees.t, time)] * unit;
      return '   ' + grouped(value, decimalsFor(last)) + ' ' + D.unit.fee;
    });
  }

  // ---- what was drawn, for tests: asked of the charts, not of the data

  function shapesOf(chartId, seriesId) {
    var count = 0;
    if (charts[chartId]) {
      charts[chartId].getModel().getSeries().forEach(function (series) {
        if (series.id.indexOf(seriesId) === 0) {
          var data = series.getData();
          for (var i = 0; i < data.count(); i++) {
            var layout = data.getItemGraphicEl(i);
            count += layout && !layout.ignore ? 1 : 0;
          }
        }
      });
    }
    return count;
  }

  function pointsOf(chartId, seriesId) {
    var chart = charts[chartId];
    return !chart ? 0 : chart.getModel().getSeries().filter(function (series) {
      return series.id === seriesId;
    }).reduce(function (sum, series) { return sum + series.getData().count(); }, 0);
  }

  function linesOf(chartId, prefix) {
    return charts[chartId].getModel().getSeries().filter(function (series) {
      return series.id.indexOf(prefix) === 0 && series.getData().count() > 0;
    }).length;
  }

  function rowsOf(id) {
    return document.querySelectorAll('#' + id + ' tbody tr').length;
  }

  function tellDrawn() {
    document.body.dataset.drawn = JSON.stringify({
      orders: shapesOf('price', 'orders'), fills: shapesOf('price', 'fills'), armed: shapesOf('price', 'armed'),
      fired: shapesOf('price', 'fired'), trails: linesOf('price', 'trail-'), prices: pointsOf('price', 'price'),
      lanes: shapesOf('lanes', 'lanes'), equity: pointsOf('equity', 'equity'), fees: pointsOf('fees', 'fees'),
      rows: {triggers: rowsOf('triggers'), fills: rowsOf('fills'), rejects: rowsOf('rejects')},
      chips: document.querySelectorAll('.chips li').length, kpis: document.querySelectorAll('.kpi').length
    });
  }

  function resize() {
    Object.keys(charts).forEach(function (id) { charts[id].resize(); });
  }

  drawHead();
  drawKeyFigures();
  ['triggers', 'fills', 'rejects'].forEach(drawTable);
  drawAsk();
  drawPrice();
  drawLanes();
  drawEquity();
  drawFees();
  echarts.connect('time');
  window.addEventListener('resize', resize);
  window.addEventListener('beforeprint', resize);
  window.addEventListener('afterprint', resize);
  tellDrawn();
})();
