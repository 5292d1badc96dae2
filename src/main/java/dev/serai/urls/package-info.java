/** URLs, patterns of URLs and templates of URIs, matched in linear time. */
@NullMarked
package dev.serai.urls;

import org.jspecify.annotations.NullMarked;
