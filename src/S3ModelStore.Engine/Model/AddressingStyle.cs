namespace S3ModelStore.Engine.Model;

/// <summary>Where the bucket's name stands in a request.</summary>
public enum AddressingStyle
{
    /// <summary>Path for a custom endpoint, virtual-hosted for AWS.</summary>
    Auto = 0,

    /// <summary><c>https://endpoint/bucket/key</c>.</summary>
    Path,

    /// <summary><c>https://bucket.endpoint/key</c>.</summary>
    Virtual,
}
