package org.blindread.workbench.figure;

/// An entry of a figure's key: what a mark or line means.
///
/// @param meaning a few words
/// @param ink how it is drawn
public record Key(String meaning, Ink ink) {}
