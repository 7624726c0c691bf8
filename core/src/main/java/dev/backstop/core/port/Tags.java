package dev.backstop.core.port;

import dev.backstop.core.Resource;
import java.util.Map;

/** The tags of resources. */
public interface Tags {
    /** The tags as they are now; none where the resource is gone, or of a type whose tags nobody asks for. */
    Map<String, String> of(Resource resource);
}
