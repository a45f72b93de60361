namespace S3ModelStore.Tests.Crash;

/// <summary>What can prove a file that lies there without a record of it.</summary>
internal enum CrashEvidence
{
    /// <summary>An MD5: reading the file is enough.</summary>
    Md5,

    /// <summary>A value over parts whose size the store tells: the same.</summary>
    Multipart,

    /// <summary>A value over parts nobody knows: who forgets the file has to fetch it again.</summary>
    Nothing,
}
