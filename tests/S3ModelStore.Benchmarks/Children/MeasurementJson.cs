using System.Text.Json.Serialization;

namespace S3ModelStore.Benchmarks.Children;

/// <summary>Writes a measurement without adding to it: reflection would cost the measured process tens of milliseconds.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Serialization)]
[JsonSerializable(typeof(Measurement))]
internal sealed partial class MeasurementJson : JsonSerializerContext;
