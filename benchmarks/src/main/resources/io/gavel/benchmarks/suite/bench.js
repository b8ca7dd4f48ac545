  // A fault, or an attempt to load anything, is told in the page itself.
  window.addEventListener('error', function (event) { document.body.dataset.fault = event.message; });
  document.addEventListener('securitypolicyviolation', function (event) {
    document.body.dataset.fault = event.violatedDirective + ' ' + event.blockedURI;
  });

  var D = JSON.parse(document.getElementById('data').textContent);
  var COLOURS = {gavel: '#2f5573', 'exchange-core': '#b5482f', parity: '#7a55a8', treemap: '#b0741a'};
  var LINES = ['#2f5573', '#b5482f', '#2c7a51', '#7a55a8', '#b0741a', '#a8437a', '#22698c', '#66752a'];
  var INK = '#1d2733';
  var SOFT = '#5d6875';
  var LINE = '#ddd9d0';
  var FONT = getComputedStyle(document.body).fontFamily;
  var charts = [];

  function byId(id) {
    return document.getElementById(id);
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

  function number(value, decimals) {
    var parts = value.toFixed(decimals).split('.');
    parts[0] = parts[0].replace(/\B(?=(\d{3})+$)/g, ',');
    return parts.join('.');
  }

  function rate(value) {
    return value >= 999500 ? (value / 1e6).toFixed(2) + 'M' : (value / 1e3).toFixed(0) + 'k';
  }

  function table(id, head, rows) {
    var node = element('table');
    var line = element('tr');
    head.forEach(function (text, i) { line.append(element('th', i > 0 ? 'number' : '', text)); });
    var top = element('thead');
    top.append(line);
    var body = element('tbody');
    rows.forEach(function (row) {
      var tr = element('tr');
      row.forEach(function (cell, i) {
        var text = cell !== null && typeof cell === 'object' ? cell.text : cell;
        var kind = cell !== null && typeof cell === 'object' ? cell.kind : '';
        var td = element('td', ((i > 0 ? 'number ' : '') + kind).trim(), text);
        if (cell !== null && typeof cell === 'object' && cell.title) {
          td.title = cell.title;
        }
        if (cell !== null && typeof cell === 'object' && cell.span) {
          td.colSpan = cell.span;
        }
        tr.append(td);
      });
      body.append(tr);
    });
    node.append(top, body);
    byId(id).append(node);
  }

  function hide(id) {
    byId(id).style.display = 'none';
  }

  function hash(text) {
    return text ? {text: text.substring(0, 12) + ' ✓', kind: 'code', title: text} : '-';
  }

  // ---- books

  function figures(rows, value) {
    return rows.map(function (row) {
      return row.entries.map(function (entry) { return entry.problem ? null : value(entry); });
    });
  }

  /** Ours to the best of the others: above 1 ours is ahead. */
  function ratio(values, more) {
    var peers = values.slice(1).filter(function (value) { return value !== null && value > 0; });
    if (values[0] === null || !peers.length) {
      return {text: '-', kind: 'none'};
    }
    var result = more ? values[0] / Math.max.apply(null, peers) : Math.min.apply(null, peers) / values[0];
    return {text: result.toFixed(2) + ' ×' + (result < 1 ? ', behind' : ''), kind: result < 1 ? 'behind' : 'ahead'};
  }

  function bookTable(id, rows, value, decimals, more) {
    var names = rows[0].entries.map(function (entry) { return entry.engine; });
    var values = figures(rows, value);
    table(id, [''].concat(names, more === undefined ? ['reports'] : ['to best peer', 'reports']), rows.map(function (row, i) {
      var cells = row.entries.map(function (entry, j) {
        return entry.problem ? {text: 'no figure', kind: 'behind', title: entry.problem} : number(values[i][j], decimals);
      });
      return [row.tape].concat(cells, more === undefined ? [] : [ratio(values[i], more)], [hash(row.sha256)]);
    }));
  }

  function bars(id, rows, value, title, decimals, log) {
    var names = rows[0].entries.map(function (entry) { return entry.engine; });
    var values = figures(rows, value);
    var node = byId(id);
    node.style.height = '300px';
    var chart = echarts.init(node, null, {renderer: 'svg'});
    charts.push(chart);
    chart.setOption({
      animation: false, textStyle: {fontFamily: FONT, color: INK}, color: names.map(function (name) { return COLOURS[name] || SOFT; }),
      grid: {left: 56, right: 12, top: 56, bottom: 28},
      legend: {top: 0, left: 0, itemWidth: 12, itemHeight: 12, textStyle: {color: SOFT, fontSize: 12}},
      tooltip: {trigger: 'axis', axisPointer: {type: 'shadow'}, valueFormatter: function (v) { return v === null || v === undefined ? 'no figure' : number(v, decimals); }},
      xAxis: {type: 'category', data: rows.map(function (row) { return row.tape; }), axisTick: {show: false}, axisLine: {lineStyle: {color: INK}}, axisLabel: {color: INK}},
      yAxis: {type: log ? 'log' : 'value', name: title, nameTextStyle: {color: SOFT, align: 'left'}, splitLine: {lineStyle: {color: LINE}}, axisLabel: {color: SOFT}},
      series: names.map(function (name, j) {
        return {name: name, type: 'bar', barMaxWidth: 34, barGap: '8%', data: values.map(function (row) { return row[j]; }),
          label: {show: true, position: 'top', fontSize: 11, color: SOFT, formatter: function (p) { return p.value === null || p.value === undefined ? '' : number(p.value, decimals); }}};
      })
    });
  }

  function drawBooks() {
    if (D.flows.length) {
      bars('flows', D.flows, function (e) { return e.handedOffRate / 1e6; }, 'M/s', 1, false);
      bookTable('flows-table', D.flows, function (e) { return e.handedOffRate / 1e6; }, 2, true);
      bookTable('best-table', D.flows, function (e) { return e.handedOffBest / 1e6; }, 2, true);
      bookTable('alone-cpu-table', D.flows, function (e) { return 1e3 / e.bookCpuNs; }, 2, true);
      bookTable('alone-table', D.flows, function (e) { return 1e3 / e.bookNs; }, 2, true);
      bookTable('cold-table', D.flows, function (e) { return e.coldSeconds; }, 3, false);
    } else {
      hide('flows-panel');
    }
    if (D.books.length) {
      bars('books', D.books, function (e) { return e.bookNs; }, 'ns', 0, false);
      bookTable('books-table', D.books, function (e) { return e.bookNs; }, 1, false);
      bookTable('books-cpu-table', D.books, function (e) { return e.bookCpuNs; }, 1, false);
      bookTable('bytes-table', D.books, function (e) { return e.bytes; }, 1, undefined);
    } else {
      hide('books-panel');
    }
  }

  // ---- engine and latency

  function drawEngine() {
    if (!D.engine.length) {
      hide('engine-panel');
      return;
    }
    table('engine', ['', 'ns a command', 'commands a second', 'B a command', 'state'], D.engine.map(function (row) {
      return [row.run, number(row.nsPerCommand, 1), number(row.commandsPerSecond, 0), row.bytesPerCommand.toFixed(3),
        hash(D.engineHash)];
    }));
    if (D.closedLoopNs) {
      byId('engine').append(element('p', 'hint', 'Closed loop, ring in to event out, one command at a time: p50 '
        + number(D.closedLoopNs, 0) + ' ns; indicative, ' + D.host.cores + ' cores.'));
    }
  }

  function stageRow(stage) {
    var micros = function (ns) { return number(ns / 1e3, 1); };
    var start = [stage.mode, rate(stage.rate), rate(stage.achievedRate)];
    var middle = stage.latencyNs.length ? stage.latencyNs.map(micros) : [{text: stage.refusal, kind: 'refusal', span: 6}];
    var end = [stage.bytesPerCommand.toFixed(1)].concat(stage.jitterNs.length > 5 ? [micros(stage.jitterNs[4]), micros(stage.jitterNs[5])] : ['-', '-']);
    return start.concat(middle, end, [stage.sustained ? 'held' : {text: 'the queue grew', kind: 'behind'}]);
  }

  function drawLatency() {
    if (!D.stages.length) {
      hide('latency-panel');
      return;
    }
    table('latency-table', ['', 'rate', 'achieved', '50 %', '90 %', '99 %', '99.9 %', '99.99 %', 'worst', 'B/op', 'jitter 99.99 %', 'worst', ''], D.stages.map(stageRow));
    byId('latency-table').append(element('p', 'hint', 'State ' + D.latencyHash.substring(0, 12) + ' ✓ in every mode. Beside this page: a .hgrm and a .hlog file of each row.'));
    var drawn = D.stages.filter(function (stage) { return stage.curve.length; });
    if (!drawn.length) {
      hide('latency');
      return;
    }
    var node = byId('latency');
    node.style.height = '380px';
    var chart = echarts.init(node, null, {renderer: 'svg'});
    charts.push(chart);
    chart.setOption({
      animation: false, textStyle: {fontFamily: FONT, color: INK}, color: LINES,
      grid: {left: 70, right: 18, top: 58, bottom: 44},
      legend: {top: 0, left: 0, itemWidth: 16, itemHeight: 2, textStyle: {color: SOFT, fontSize: 12}},
      tooltip: {trigger: 'item', formatter: function (p) { return p.seriesName + '<br>' + (100 - 100 / p.value[0]).toPrecision(6) + ' %: ' + number(p.value[1], 1) + ' µs'; }},
      xAxis: {type: 'log', name: 'percentile', nameLocation: 'middle', nameGap: 28, min: 1, splitLine: {lineStyle: {color: LINE}},
        axisLabel: {color: SOFT, formatter: function (v) { return v <= 1 ? '0 %' : (100 - 100 / v).toFixed(Math.max(0, Math.round(Math.log10(v)) - 2)) + ' %'; }}},
      yAxis: {type: 'log', name: 'µs', nameTextStyle: {color: SOFT, align: 'left'}, splitLine: {lineStyle: {color: LINE}}, axisLabel: {color: SOFT, formatter: function (v) { return number(v, v < 1 ? 1 : 0); }}},
      series: drawn.map(function (stage) {
        return {name: stage.mode + ' ' + rate(stage.rate), type: 'line', showSymbol: false, symbolSize: 5, lineStyle: {width: 1.6},
          data: stage.curve.map(function (point) { return [point[0], Math.max(0.05, point[1] / 1e3)]; })};
      })
    });
  }

  function drawMicro() {
    if (!D.micro.length) {
      hide('micro-panel');
      return;
    }
    table('micro', ['', 'score', '± (99.9 %)', 'unit', 'B/op'], D.micro.map(function (row) {
      return [row.name, number(row.score, 1), isFinite(row.error) ? number(row.error, 1) : '-', row.unit, row.bytes < 0 ? '-' : row.bytes.toFixed(3)];
    }));
  }

  // ---- head

  function kpi(title, value, unit, note, kind) {
    var node = element('div', 'kpi ' + (kind || ''));
    var strong = element('strong', '', value);
    strong.append(element('small', '', unit));
    node.append(element('b', '', title), strong, element('i', '', note));
    byId('kpis').append(node);
  }

  function ours(row) {
    return row.entries.filter(function (entry) { return entry.engine === 'gavel' && !entry.problem; })[0];
  }

  function bookKpi(row, title) {
    var own = ours(row);
    if (own) {
      var to = ratio(row.entries.map(function (e) { return e.problem ? null : e.bookNs; }), false);
      kpi(title, own.bookNs.toFixed(0), 'ns', to.text + ' the best peer', to.kind === 'behind' ? 'down' : '');
    }
  }

  function drawKpis() {
    var standing = D.flows.filter(ours);
    if (standing.length) {
      var worst = standing.reduce(function (a, b) { return ours(a).handedOffRate < ours(b).handedOffRate ? a : b; });
      var to = ratio(worst.entries.map(function (e) { return e.problem ? null : e.handedOffRate; }), true);
      kpi('Worst scenario, handed off', (ours(worst).handedOffRate / 1e6).toFixed(1), 'M/s', worst.tape + ', ' + to.text + ' the best peer', to.kind === 'behind' ? 'down' : '');
    }
    if (D.books.length) {
      bookKpi(D.books[0], 'Book, ' + D.books[0].tape);
      bookKpi(D.books[D.books.length - 1], 'Book, ' + D.books[D.books.length - 1].tape);
    }
    D.engine.filter(function (row) { return row.run === 'invoker'; }).forEach(function (row) {
      kpi('Whole engine, INVOKER', row.nsPerCommand.toFixed(0), 'ns', rate(row.commandsPerSecond) + ' commands a second');
    });
    if (D.closedLoopNs) {
      kpi('Closed loop, p50', number(D.closedLoopNs, 0), 'ns', 'indicative, ' + D.host.cores + ' cores');
    }
    var held = D.stages.filter(function (stage) { return stage.sustained && stage.mode === 'dedicated'; });
    if (held.length) {
      kpi('Open loop held, DEDICATED', rate(held[held.length - 1].rate), '/s', 'no growing queue');
    }
    byId('kpis').style.gridTemplateColumns = 'repeat(' + Math.max(1, byId('kpis').children.length) + ', minmax(0, 1fr))';
    if (!byId('kpis').children.length) {
      hide('kpis');
    }
  }

  function facts(pairs) {
    var list = element('dl', 'facts');
    pairs.forEach(function (pair) { list.append(element('dt', '', pair[0]), element('dd', '', pair[1])); });
    return list;
  }

  function drawHead() {
    var head = byId('head');
    head.append(element('div', 'kind', 'gavel bench, profile ' + D.profile), element('h1', '', 'Benchmarks of ' + D.began.replace('T', ' ').replace('Z', ' UTC')),
      element('p', 'lead', 'Each figure was taken only after its run ended where it had to: the same reports and final book as ours for a peer, the same state for the engine. ' + D.seconds + ' seconds in all.'));
    var said = D.host.notes.concat(D.profile === 'smoke' ? ['Profile smoke shows that everything runs and agrees: its figures mean nothing.'] : []);
    if (said.length) {
      var notes = element('div', 'notes');
      said.forEach(function (note) { notes.append(element('p', '', note)); });
      head.append(notes);
    }
    var pairs = Object.entries(D.host.facts).concat([['flags of each book', D.flags.join(' ')]]);
    var half = Math.ceil(pairs.length / 2);
    var grid = element('div', 'grid');
    grid.append(facts(pairs.slice(0, half)), facts(pairs.slice(half)));
    head.append(grid);
  }

  function drawProblems() {
    var all = D.problems.slice();
    D.flows.concat(D.books).forEach(function (row) {
      row.entries.forEach(function (entry) {
        if (entry.problem) {
          all.push(row.tape + ', ' + entry.engine + ': ' + entry.problem);
        }
      });
    });
    all.forEach(function (text) { byId('problems').append(element('li', '', text)); });
    if (!all.length) {
      hide('problems-panel');
    }
  }

  if (D.host.busyCores <= 0.3) {
    document.querySelectorAll('.busy').forEach(function (node) { node.style.display = 'none'; });
  }
  drawHead();
  drawKpis();
  drawBooks();
  drawEngine();
  drawLatency();
  drawMicro();
  drawProblems();
  window.addEventListener('resize', function () { charts.forEach(function (chart) { chart.resize(); }); });
