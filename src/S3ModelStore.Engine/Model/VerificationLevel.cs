namespace S3ModelStore.Engine.Model;

/// <summary>How a file was proved, weakest first: a greater value is stronger evidence.</summary>
/// <remarks>Of <see cref="long"/>, because <c>ConvertTo-Json</c> writes the names of just such enums; of the others their numbers.</remarks>
public enum VerificationLevel : long
{
    /// <summary>Not proved at all (failed or skipped files).</summary>
    None = 0,

    /// <summary>The right number of bytes arrived under the right ETag.</summary>
    Size = 1,

    /// <summary>The ETag of a single-part object is the MD5 of the bytes.</summary>
    ETagMd5 = 2,

    /// <summary>A composite checksum or multipart ETag was recomputed from the part layout.</summary>
    Composite = 3,

    /// <summary>The server's checksum over the whole object matches.</summary>
    FullObject = 4,

    /// <summary>The SHA-256 that the caller gave matches.</summary>
    Sha256 = 5,
}
