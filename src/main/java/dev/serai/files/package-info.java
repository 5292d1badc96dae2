/** What is in the folders {@code routes/} and {@code config/}: packs, their files and values. */
@NullMarked
package dev.serai.files;

import org.jspecify.annotations.NullMarked;
