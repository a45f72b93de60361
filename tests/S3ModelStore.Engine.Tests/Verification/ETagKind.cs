namespace S3ModelStore.Engine.Tests.Verification;

/// <summary>What the ETag of a stored object is.</summary>
public enum ETagKind
{
    /// <summary>The MD5 of its bytes.</summary>
    Md5,

    /// <summary>32 digits too, but of an object encrypted with a key of KMS: no MD5 of anything.</summary>
    Kms,

    /// <summary>Made of its parts' MD5s, and the store tells how large they were.</summary>
    MultipartTold,

    /// <summary>The same, untold, of a size that uploaders use.</summary>
    MultipartGuessable,

    /// <summary>Of parts nobody can guess.</summary>
    MultipartUnknown,

    /// <summary>Looks like one of parts whose size is told, but the object is encrypted with a key of KMS.</summary>
    KmsMultipart,
}
