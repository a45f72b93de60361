using System.Text.Json.Serialization;

namespace S3ModelStore.Engine.Storage;

/// <summary>
/// Writes everything kept in <see cref="StateDirectory"/>; made at compile time. Apart from <see cref="StateReading"/>, because what that
/// needs takes a first download longer to set up than its files' records to write.
/// </summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Serialization,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Manifest))]
[JsonSerializable(typeof(ManifestEntry))]
[JsonSerializable(typeof(ObjectIdentity))]
internal sealed partial class StateWriting : JsonSerializerContext;
