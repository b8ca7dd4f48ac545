  // ---- margin: ratios, stages of liquidations, liquidation prices, marks and indices; nothing of it in spot

  var M = D.margin;
  var STAGE_COLOURS = {
    STARTED: '#eab04f', PAUSED: '#c9bb86', AWAITING_PRICE: '#8d96a1', ORDERS_CANCELLED: '#d9c68a', REDUCING: '#dd7f2e', TAKEN_OVER: '#a63d2f', INSURANCE: '#7a55a8',
    BACKSTOP: '#47548f', DELEVERAGED: '#a8437a', SOCIALISED: '#6d3a34', ENDED: '#2c6e4f'
  };
  var REFERENCE_COLOURS = {MARK: '#b0741a', INDEX: '#22698c', SOURCE: '#a9b4bd'};
  var SOURCE_COLOURS = ['#9bb3a4', '#b7a3c4', '#c4ac93', '#a3b6c9', '#c29fa6'];
  var LIQUIDATED = '#8f1d14';
  var ALERT_SYMBOL = 'path://M6,0L0,8L4,8L3,14L10,5L6,5Z';
  var RATIO_LIMIT = 10000;

  function hasMargin() {
    return M.accounts.length > 0;
  }

  // ---- in the price panel

  function referenceSeries() {
    return M.references.map(function (reference, i) {
      var steps = referenceColumns[i];
      var source = reference.kind === 'SOURCE';
      var colour = source ? SOURCE_COLOURS[(reference.source - 1) % SOURCE_COLOURS.length] : REFERENCE_COLOURS[reference.kind];
      return lineSeries('reference-' + i, word('page.' + reference.kind.toLowerCase()), colour,
        steps.t.map(function (time, k) { return [time, steps.v[k] * tick]; }),
        {step: 'end', sampling: 'minmax', z: source ? 1 : 3, lineStyle: {color: colour, width: source ? 1 : 1.3,
          type: reference.kind === 'INDEX' ? [5, 3] : 'solid'}});
    });
  }

  function levelLines() {
    return M.levels.map(function (level, i) {
      var steps = columns(level);
      var data = [];
      steps.t.forEach(function (time, k) {
        if (steps.v[k] === 0 && k > 0 && steps.v[k - 1] !== 0) {
          data.push([time, steps.v[k - 1] * tick]);
        }
        data.push([time, steps.v[k] === 0 ? null : steps.v[k] * tick]);
      });
      if (steps.v.length && steps.v[steps.v.length - 1] !== 0) {
        data.push([END, steps.v[steps.v.length - 1] * tick]);
      }
      return lineSeries('liquidation-' + i, word('page.level'), ruleColour(level.account), data,
        {step: 'end', connectNulls: false, z: 2, lineStyle: {color: ruleColour(level.account), width: 1, type: [7, 4]}});
    });
  }

  function liquidationSeries() {
    var data = marks('liquidations', all, function () { return {}; });
    return markSeries('liquidations', word('page.liquidation'), ALERT_SYMBOL, [14, 20], 0, 9, data,
      {itemStyle: {color: LIQUIDATED, borderColor: PAPER, borderWidth: 1}});
  }

  function marginGlyphs() {
    var glyphs = [];
    var kinds = {};
    M.references.forEach(function (reference) { kinds[reference.kind] = true; });
    ['MARK', 'INDEX', 'SOURCE'].forEach(function (kind) {
      if (kinds[kind]) {
        glyphs.push(['page.' + kind.toLowerCase(), '<path d="M0 7H14" stroke="' + REFERENCE_COLOURS[kind] +
          '" stroke-width="2"' + (kind === 'INDEX' ? ' stroke-dasharray="4 2"' : '') + '/>']);
      }
    });
    if (M.levels.length) {
      glyphs.push(['page.level', '<path d="M0 7H14" stroke="currentColor" stroke-width="1.5" stroke-dasharray="5 3"/>']);
    }
    if (D.marks.liquidations.t.length) {
      glyphs.push(['page.liquidation', '<path d="M7 0L1 8H5L4 14L11 5H7Z" fill="' + LIQUIDATED + '"/>']);
    }
    return glyphs;
  }

  // ---- the panel of ratios

  var STAGE_LANE = 34;

  /** From the first step to the last of each account: shaded behind the lines. */
  function episodeZones() {
    return M.episodes.filter(function (episode) { return episode.steps.length; }).map(function (episode) {
      var last = episode.steps[episode.steps.length - 1][0];
      return [{xAxis: START + episode.steps[0][0]}, {xAxis: START + Math.max(last, episode.steps[0][0] + D.span / 1500)}];
    });
  }

  function drawStages(params, api) {
    var episode = M.episodes[api.value(2)];
    var area = params.coordSys;
    var y = api.coord([START, api.value(2)])[1];
    var top = y + 1;
    var children = [
      {type: 'rect', shape: {x: area.x, y: y - STAGE_LANE / 2, width: area.width, height: STAGE_LANE}, style: {fill: 'transparent'}},
      {type: 'rect', shape: {x: area.x, y: top, width: area.width, height: BAR}, style: {fill: '#f4f2eb'}},
      laneText(area.x, y - 8, episode.name, {width: area.width, fill: ruleColour(episode.account), fontSize: 12, fontWeight: 600, fontFamily: FONT})
    ];
    var circles = [];
    var free = -Infinity;
    episode.steps.forEach(function (step, i) {
      var x = api.coord([START + step[0], api.value(2)])[0];
      var next = i + 1 < episode.steps.length ? api.coord([START + episode.steps[i + 1][0], api.value(2)])[0] : x;
      var box = echarts.graphic.clipRectByRect({x: x, y: top, width: Math.max(3, next - x), height: BAR}, area);
      if (box) {
        children.push({type: 'rect', shape: box, style: {fill: STAGE_COLOURS[step[1]], opacity: 0.45}});
      }
      // Steps of one moment stand side by side: none hides another.
      var at = Math.max(x, free);
      free = at + 9;
      if (x >= area.x - 1 && x <= area.x + area.width + 1) {
        circles.push({type: 'circle', name: 'step', shape: {cx: at, cy: top + BAR / 2, r: 5},
          style: {fill: STAGE_COLOURS[step[1]], stroke: PAPER, lineWidth: 1}});
      }
    });
    return {type: 'group', children: children.concat(circles)};
  }

  /** Up to a little above the highest ratio, and never so far that the line of liquidation is out of sight. */
  function ratioScale(lines, from, to) {
    var high = RATIO_LIMIT;
    lines.forEach(function (line) {
      high = line.v.length ? Math.max(high, Math.min(2 * RATIO_LIMIT, extremes(line, from, to)[1])) : high;
    });
    return high * 1.12 / RATIO_LIMIT;
  }

  function ratioLines(lines, top) {
    return lines.map(function (line, i) {
      var colour = ruleColour(i);
      return lineSeries('ratio-' + i, M.accounts[i].name, colour, line.t.map(function (time, k) {
        return [time, Math.min(line.v[k] / RATIO_LIMIT, top * 0.995)];
      }), {sampling: 'minmax', step: 'end', lineStyle: {color: colour, width: 1.5}});
    });
  }

  function limitSeries() {
    return lineSeries('limit', word('page.limit'), SELL, [[START, 1], [END, 1]], {
      z: 5, lineStyle: {color: SELL, width: 1.4, type: [6, 3]},
      endLabel: {show: false},
      markArea: {silent: true, itemStyle: {color: 'rgba(166,61,47,.09)'}, data: episodeZones()}
    });
  }

  function stageSeries() {
    return {
      id: 'stages', type: 'custom', xAxisIndex: 1, yAxisIndex: 1, renderItem: drawStages, progressive: 0, clip: false,
      encode: {x: [0, 1], y: 2}, data: M.episodes.map(function (episode, i) { return {value: [START, END, i]}; })
    };
  }

  function ratioText(bps) {
    return bps >= 100000000 ? '∞' : grouped(bps / RATIO_LIMIT, bps >= 10 * RATIO_LIMIT ? 1 : 2);
  }

  function ratioReadout(lines, time) {
    var worst = 0;
    lines.forEach(function (line, i) {
      worst = line.v[indexAt(line.t, time)] > lines[worst].v[indexAt(lines[worst].t, time)] ? i : worst;
    });
    var bps = lines[worst].v[indexAt(lines[worst].t, time)];
    return '   ' + M.accounts[worst].name + ' ' + ratioText(bps) + (bps > 0 && bps < 100000000
      ? '   ' + word('page.cover') + ' ' + grouped(100 * RATIO_LIMIT / bps, 1) + ' %' : '');
  }

  function marginLegend(chart) {
    var box = document.getElementById('margin-legend');
    M.accounts.forEach(function (account, i) {
      var button = element('button');
      button.type = 'button';
      button.setAttribute('aria-pressed', 'true');
      button.innerHTML = '<svg viewBox="0 0 14 14" aria-hidden="true"><path d="M0 7H14" stroke="' + ruleColour(i) +
        '" stroke-width="2"/></svg>';
      button.append(account.name);
      button.addEventListener('click', function () {
        button.setAttribute('aria-pressed', String(button.getAttribute('aria-pressed') !== 'true'));
        chart.dispatchAction({type: 'legendToggleSelect', name: account.name});
      });
      box.append(button);
    });
    var seen = {};
    M.episodes.forEach(function (episode) { episode.steps.forEach(function (step) { seen[step[1]] = true; }); });
    Object.keys(STAGE_COLOURS).filter(function (stage) { return seen[stage]; }).forEach(function (stage) {
      var entry = element('span');
      entry.innerHTML = '<svg viewBox="0 0 14 14" aria-hidden="true"><circle cx="7" cy="7" r="5.5" fill="' +
        STAGE_COLOURS[stage] + '"/></svg>';
      entry.append(word('stage.' + stage));
      box.append(entry);
    });
  }

  function drawMargin() {
    ['margin', 'liquidations', 'prices'].forEach(function (id) {
      document.getElementById(id).parentNode.hidden = !hasMargin() || id === 'prices' && !D.tables.prices.rows.length;
    });
    if (!hasMargin()) {
      return;
    }
    var lines = M.accounts.map(columns);
    var lanes = M.episodes.length;
    var top = ratioScale(lines, START, END);
    var chart = createChart('margin', 252 + lanes * STAGE_LANE, {
      grid: [{left: LEFT, right: RIGHT, top: 12, height: 196},
        {left: LEFT, right: RIGHT, top: 214, height: Math.max(1, lanes * STAGE_LANE)}],
      legend: {show: false, data: M.accounts.map(function (account) { return account.name; })},
      axisPointer: {link: [{xAxisIndex: 'all'}]},
      tooltip: tooltip(function (item) {
        var episode = item.seriesId === 'stages' ? M.episodes[item.value[2]] : null;
        return episode ? tipHtml([episode.name].concat(episode.steps.slice(0, 24).map(function (step) { return step[3]; }))) : '';
      }),
      xAxis: [timeAxis(0, false), timeAxis(1, true)],
      yAxis: [
        Object.assign(valueAxis(0, 0, top, function (value) { return grouped(value, 2); }, 4), {interval: top > 1.5 ? 0.5 : 0.25}),
        {type: 'value', gridIndex: 1, min: -0.5, max: Math.max(0.5, lanes - 0.5), inverse: true, axisLine: {show: false},
          axisTick: {show: false}, splitLine: {show: false}, axisPointer: {show: false}, axisLabel: {show: false}, interval: 1}
      ],
      dataZoom: zooms(false, [0, 1]),
      series: ratioLines(lines, top).concat([limitSeries(), stageSeries()])
    });
    readout(chart, 'margin', function (time) { return ratioReadout(lines, time); });
    onZoom(chart, function (from, to) {
      var high = ratioScale(lines, from, to);
      chart.setOption({yAxis: [{max: high, interval: high > 1.5 ? 0.5 : 0.25}, {}], series: ratioLines(lines, high)});
    });
    marginLegend(chart);
  }

  function fundingSeries() {
    var funding = columns(M.funding);
    return !funding.v.length ? [] : [lineSeries('funding', word('page.funding'), '#47548f',
      [[START, 0]].concat(funding.t.map(function (time, i) { return [time, funding.v[i] * D.unit.quoteUnit]; }),
        [[END, funding.v[funding.v.length - 1] * D.unit.quoteUnit]]),
      {step: 'end', lineStyle: {color: '#47548f', width: 1.4}})];
  }

