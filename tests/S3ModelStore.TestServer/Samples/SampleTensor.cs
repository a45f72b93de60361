namespace S3ModelStore.TestServer.Samples;

internal sealed record SampleTensor(string Name, long[] Shape)
{
    /// <summary>Two bytes for each BF16 number.</summary>
    public long ByteLength => 2 * Shape.Aggregate(1L, static (product, dimension) => product * dimension);
}
