using System.Text.Json.Serialization;

namespace S3ModelStore.Engine.Storage;

/// <summary>Reads everything kept in <see cref="StateDirectory"/>; made at compile time.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Manifest))]
[JsonSerializable(typeof(ManifestEntry))]
[JsonSerializable(typeof(ObjectIdentity))]
internal sealed partial class StateReading : JsonSerializerContext;
