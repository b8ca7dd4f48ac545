package io.gavel.engine.trigger;

import io.gavel.codecs.sbe.PriceSource;

/** The prices in force, in whole ticks; 0 is undefined. A price between two ticks has a floor and a ceiling. */
public interface PriceView {

  int floorTicks(int instrumentId, PriceSource source);

  int ceilTicks(int instrumentId, PriceSource source);
}
