namespace S3ModelStore.Engine.Source.Http;

/// <summary>A request before it is addressed and signed.</summary>
/// <param name="Method">GET or HEAD.</param>
/// <param name="Bucket">Bucket.</param>
/// <param name="Key">Key, literal; <see langword="null"/> for the bucket itself.</param>
/// <param name="Query">Encoded and sorted; may be empty.</param>
/// <param name="Headers">To be sent and signed.</param>
internal sealed record HttpRequestOutline(HttpMethod Method, string Bucket, string? Key, string Query, SigV4Header[] Headers)
{
    /// <summary>What it is about, for errors.</summary>
    public string Target => Key is null ? $"s3://{Bucket}" : $"s3://{Bucket}/{Key}";
}
