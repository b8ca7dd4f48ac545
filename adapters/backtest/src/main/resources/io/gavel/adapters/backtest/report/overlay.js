  // Two runs over one clock: A as a line, B dashed over it, firings as pins, fills as dots.

  var D = JSON.parse(document.getElementById('data').textContent);
  var COLOURS = ['#2f5573', '#a63d2f'];

  function element(name, kind, text) {
    var node = document.createElement(name);
    if (kind) {
      node.className = kind;
    }
    node.textContent = text;
    return node;
  }

  function table(rows) {
    var box = document.createElement('table');
    rows.rows.forEach(function (row) {
      var line = document.createElement('tr');
      row.forEach(function (cell) {
        line.append(element('td', '', cell));
      });
      box.append(line);
    });
    var section = element('section', 'panel', '');
    var wrap = element('div', 'table', '');
    wrap.append(box);
    section.append(element('h2', '', rows.title), wrap);
    return section;
  }

  var head = document.getElementById('head');
  head.append(element('div', 'kind', D.kind), element('h1', '', D.title));
  D.lead.forEach(function (line) {
    head.append(element('p', 'lead', line));
  });
  D.tables.forEach(function (rows) {
    document.getElementById('tables').append(table(rows));
  });

  var series = [];
  D.runs.forEach(function (run, i) {
    series.push({name: run.name, type: 'line', step: 'end', showSymbol: false, data: run.price, z: 2 + i,
      lineStyle: {width: i ? 1.6 : 1.2, type: i ? 'dashed' : 'solid'}, itemStyle: {color: COLOURS[i]}});
    series.push({name: run.name + ' · ' + D.words.fired, type: 'scatter', symbol: i ? 'triangle' : 'diamond', symbolSize: 13,
      data: run.firings.map(function (m) { return {value: [m[0], m[1]], label: m[2]}; }), z: 6 + i,
      itemStyle: {color: COLOURS[i], borderColor: '#fff', borderWidth: 1}});
    series.push({name: run.name + ' · ' + D.words.filled, type: 'scatter', symbol: 'circle', symbolSize: 7,
      data: run.fills.map(function (m) { return {value: [m[0], m[1]], label: m[2]}; }), z: 4 + i,
      itemStyle: {color: 'transparent', borderColor: COLOURS[i], borderWidth: 1.5}});
  });
  var parted = D.partedMs ? [{xAxis: D.partedMs}] : [];
  series[0].markLine = {silent: true, symbol: 'none', data: parted, lineStyle: {color: '#8d96a1'},
    label: {formatter: D.words.parted}};
  echarts.init(document.getElementById('overlay'), null, {renderer: 'svg'}).setOption({
    animation: false, useUTC: true, grid: {left: 64, right: 28, top: 48, bottom: 70}, legend: {top: 4},
    tooltip: {trigger: 'item', formatter: function (p) {
      return p.seriesName + (p.data.label ? '<br>' + echarts.format.encodeHTML(p.data.label) : '') + '<br>' + p.value[1];
    }},
    xAxis: {type: 'time'}, yAxis: {type: 'value', scale: true},
    dataZoom: [{type: 'inside'}, {type: 'slider', height: 22, bottom: 14}], series: series
  });
