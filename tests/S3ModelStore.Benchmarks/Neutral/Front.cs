namespace S3ModelStore.Benchmarks.Neutral;

/// <summary>Ways into the neutral server.</summary>
internal enum Front
{
    Plain,

    /// <summary>With a certificate that nobody trusts.</summary>
    Tls,

    /// <summary>ETags are MD5s, as a store gives them for what was uploaded in one piece. Nginx knows only its own, so it asks itself and renames.</summary>
    Md5,

    /// <summary>No nginx: <see cref="MinioServer"/> with the same objects.</summary>
    Minio,
}
