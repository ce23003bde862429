package io.accesskeys.store;

import org.infinispan.protostream.GeneratedSchema;
import org.infinispan.protostream.annotations.ProtoSchema;
import org.infinispan.protostream.annotations.ProtoSyntax;

/** The messages of this package between nodes. */
@ProtoSchema(
    syntax = ProtoSyntax.PROTO3,
    schemaPackageName = "io.accesskeys",
    schemaFilePath = "proto/generated",
    allowNullFields = true,
    orderedMarshallers = true,
    includeClasses = {
      KeyChanged.class,
      ClientChanged.class,
      KeysRemoved.class,
      LegacyImported.class
    },
    service = true)
public interface StoreSchema extends GeneratedSchema {}
