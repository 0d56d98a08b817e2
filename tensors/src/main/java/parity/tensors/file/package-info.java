/**
 * Files in memory, mapped and never copied: plain bytes, JSON within limits, tensors on a mapping.
 *
 * <p>Nothing here knows the format of a file of tensors.
 */
@NullMarked
package parity.tensors.file;

import org.jspecify.annotations.NullMarked;
