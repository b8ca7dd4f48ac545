  // ---- price

  var price = columns(D.price);
  var tick = D.unit.tick;

  var referenceColumns = D.margin.references.map(columns);
  var points = {};
  Object.keys(D.marks).forEach(function (kind) { points[kind] = columns(D.marks[kind]); });
  var scale = scaleOf(START, END);

  /** Shows the tape of a stretch of time whole and marks that are near it; what lies farther off stands at the edge. */
  function scaleOf(from, to) {
    var tape = extremes(price, from, to);
    var near = Math.max(tape[1] - tape[0], 1) * 0.6;
    var min = tape[0];
    var max = tape[1];
    Object.keys(points).forEach(function (kind) {
      points[kind].v.forEach(function (ticks, i) {
        var time = points[kind].t[i];
        if (time >= from && time <= to && ticks >= tape[0] - near && ticks <= tape[1] + near) {
          min = Math.min(min, ticks);
          max = Math.max(max, ticks);
        }
      });
    });
    // A mark, an index or a source that went astray is what one wants to see, unless it is off by half.
    referenceColumns.forEach(function (reference) {
      if (reference.v.length) {
        var its = extremes(reference, from, to);
        min = its[0] > tape[0] / 2 ? Math.min(min, its[0]) : min;
        max = its[1] < tape[1] * 2 ? Math.max(max, its[1]) : max;
      }
    });
    var margin = Math.max(1, (max - min) * 0.07);
    return {min: Math.max(0, min - margin) * tick, max: (max + margin) * tick, edge: margin * 0.35 * tick};
  }

  /** Inside the drawn range, so that no mark is ever cut off. */
  function inScale(value) {
    return Math.min(scale.max - scale.edge, Math.max(scale.min + scale.edge, value));
  }

  function marks(kind, keep, style) {
    var source = D.marks[kind];
    var data = [];
    points[kind].t.forEach(function (time, i) {
      if (keep(source, i)) {
        var value = points[kind].v[i] * tick;
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
      progressive: 0, clip: true, emphasis: {scale: 1.3}
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
      fillSeries(false),
      liquidationSeries()
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
    var armed = points.armed;
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
    var tape = price.t.map(function (time, i) { return [time, price.v[i] * tick]; });
    var series = [lineSeries('price', word('page.price'), PRICE, tape, {sampling: 'minmax'})]
      .concat(referenceSeries(), levelSeries(), levelLines(), trailSeries(), markerSeries());
    GLYPHS = GLYPHS.concat(marginGlyphs());
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
        D.unit.price : '';
    });
    onZoom(chart, function (from, to) {
      scale = scaleOf(from, to);
      chart.setOption({yAxis: {min: scale.min, max: scale.max}, series: markerSeries()});
    });
    priceLegend(chart);
  }

