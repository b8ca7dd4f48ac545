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
    var fall = {t: equity.t, v: depths};
    function scales(from, to) {
      var worth = extremes(equity, from, to);
      var margin = Math.max(1, (worth[1] - worth[0]) * 0.08);
      return [
        {min: (worth[0] - margin) * unit, max: (worth[1] + margin) * unit},
        {min: -Math.max(1, extremes(fall, from, to)[1]) * 1.1 / 100}
      ];
    }
    var chart = createChart('equity', 330, {
      grid: [{left: LEFT, right: RIGHT, top: 12, height: 180}, {left: LEFT, right: RIGHT, top: 212, height: 76}],
      axisPointer: {link: [{xAxisIndex: 'all'}]},
      tooltip: {show: true, trigger: 'none'},
      xAxis: [timeAxis(0, false), timeAxis(1, true)],
      yAxis: [
        Object.assign(valueAxis(0, undefined, undefined, axisText, 4), scales(START, END)[0]),
        valueAxis(1, scales(START, END)[1].min, 0, function (value) { return axisText(value) + ' %'; }, 2)
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
    onZoom(chart, function (from, to) { chart.setOption({yAxis: scales(from, to)}); });
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
    var funding = fundingSeries();
    if (!fees.v.length && !funding.length) {
      document.getElementById('fees').append(element('p', 'empty', word('page.none')));
      return;
    }
    var last = fees.v.length ? fees.v[fees.v.length - 1] * unit : 0;
    var points = [[START, 0]].concat(fees.t.map(function (time, i) { return [time, fees.v[i] * unit]; }), [[END, last]]);
    var chart = createChart('fees', 180, {
      grid: {left: LEFT, right: RIGHT, top: 14, bottom: 34},
      tooltip: {show: true, trigger: 'none'},
      xAxis: timeAxis(0, true),
      yAxis: valueAxis(0, funding.length ? undefined : 0, undefined, axisText, 3),
      dataZoom: zooms(false, [0]),
      series: [lineSeries('fees', word('page.fees'), '#8a6a1f', points, {
        step: 'end', areaStyle: {color: 'rgba(138,106,31,.10)'}, lineStyle: {color: '#8a6a1f', width: 1.4}
      })].concat(funding)
    });
    readout(chart, 'fees', function (time) {
      var value = !fees.v.length || time < fees.t[0] ? 0 : fees.v[indexAt(fees.t, time)] * unit;
      var paid = columns(M.funding);
      return '   ' + grouped(value, decimalsFor(last)) + ' ' + D.unit.fee + (!funding.length ? '' : '   ' + word('page.funding') +
        ' ' + grouped(time < paid.t[0] ? 0 : paid.v[indexAt(paid.t, time)] * D.unit.quoteUnit, 2) + ' ' + D.unit.quote);
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

  /** Shapes called so in the drawn groups of a series. */
  function namedShapes(chartId, seriesId, name) {
    var count = 0;
    if (charts[chartId]) {
      charts[chartId].getModel().getSeries().filter(function (series) { return series.id === seriesId; })
        .forEach(function (series) {
          for (var i = 0; i < series.getData().count(); i++) {
            series.getData().getItemGraphicEl(i).eachChild(function (shape) { count += shape.name === name ? 1 : 0; });
          }
        });
    }
    return count;
  }

  function rowsOf(id) {
    return document.querySelectorAll('#' + id + ' tbody tr').length;
  }

  function tellDrawn() {
    document.body.dataset.drawn = JSON.stringify({
      orders: shapesOf('price', 'orders'), fills: shapesOf('price', 'fills'), armed: shapesOf('price', 'armed'),
      fired: shapesOf('price', 'fired'), trails: linesOf('price', 'trail-'), prices: pointsOf('price', 'price'),
      lanes: shapesOf('lanes', 'lanes'),
      liquidations: shapesOf('price', 'liquidations'), steps: namedShapes('margin', 'stages', 'step'),
      ratios: charts.margin ? linesOf('margin', 'ratio-') : 0, references: linesOf('price', 'reference-'),
      levels: linesOf('price', 'liquidation-'), funding: pointsOf('fees', 'funding'), equity: pointsOf('equity', 'equity'), fees: pointsOf('fees', 'fees'),
      rows: {triggers: rowsOf('triggers'), fills: rowsOf('fills'), rejects: rowsOf('rejects'),
        liquidations: rowsOf('liquidations'), prices: rowsOf('prices')},
      chips: document.querySelectorAll('.chips li').length, kpis: document.querySelectorAll('.kpi').length
    });
  }

  function resize() {
    Object.keys(charts).forEach(function (id) { charts[id].resize(); });
  }

  drawHead();
  drawKeyFigures();
  ['triggers', 'fills', 'rejects', 'liquidations', 'prices'].forEach(drawTable);
  drawAsk();
  drawPrice();
  drawLanes();
  drawEquity();
  drawMargin();
  drawFees();
  echarts.connect('time');
  window.addEventListener('resize', resize);
  tellDrawn();
