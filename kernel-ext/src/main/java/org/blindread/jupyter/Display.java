package org.blindread.jupyter;

/// How values of a type look in a notebook, found by `ServiceLoader`: one file in
/// `org.blindread.jupyter.render`, one line in `META-INF/services`.
///
/// A display has HTML or a picture beside its text, no script, nothing from outside, and no colour
/// of its own for text, so that it can be read on light and on dark.
///
/// @param <T> the type
public interface Display<T> {
  Class<T> type();

  Bundle bundle(T value);
}
