namespace S3ModelStore.TestServer.Samples;

/// <summary>How large a sample model is and how it was uploaded.</summary>
public sealed record SampleModelOptions
{
    /// <summary>The size of the weights, about.</summary>
    public long WeightBytes { get; init; } = 200_000_000;

    /// <summary>Other seeds, other weights.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>When set, the shards have the ETags of multipart uploads with parts of this size.</summary>
    public long? MultipartPartSize { get; init; }
}
