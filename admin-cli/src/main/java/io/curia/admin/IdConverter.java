package io.curia.admin;

import io.curia.model.NodeId;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads node ids. */
final class IdConverter implements ITypeConverter<NodeId> {

    @Override
    public NodeId convert(String text) {
        try {
            return NodeId.of(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
