namespace S3ModelStore.Engine.Model;

/// <summary>What became of the download of one source.</summary>
public sealed record S3ModelDownloadResult
{
    public required string Uri { get; init; }

    /// <summary>Full local path of the directory.</summary>
    public required string Destination { get; init; }

    /// <summary>Every file is in place and proved.</summary>
    public required bool Success { get; init; }

    public int FilesDownloaded { get; init; }

    public int FilesResumed { get; init; }

    public int FilesUnchanged { get; init; }

    /// <summary>Files that were found damaged and are whole again.</summary>
    public int FilesRepaired { get; init; }

    /// <summary>Files that the source no longer has and that were removed.</summary>
    public int FilesRemoved { get; init; }

    public int FilesFailed { get; init; }

    /// <summary>Body bytes received from the network, repeated ones included.</summary>
    public long BytesDownloaded { get; init; }

    /// <summary>Bytes that were on disk already.</summary>
    public long BytesReused { get; init; }

    /// <summary>Bytes of all files of the source.</summary>
    public long TotalBytes { get; init; }

    public TimeSpan Duration { get; init; }

    /// <summary>Received bytes over the duration.</summary>
    public double BytesPerSecond { get; init; }

    public int Retries { get; init; }

    /// <summary>Most requests for bytes under way at once.</summary>
    public int PeakConnections { get; init; }

    /// <summary>Requests for bytes under way in the mean, while any was.</summary>
    public int Connections { get; init; }

    /// <summary>Bytes that a slow connection was relieved of and another one brought. Asked for again, received once.</summary>
    public long BytesReassigned { get; init; }

    /// <summary>The weakest level among the files.</summary>
    public VerificationLevel Verification { get; init; }

    /// <summary>
    /// One digest over path, size and digest of every file: the same content, proved the same way, has the same fingerprint on every
    /// machine. <see langword="null"/> unless all went well.
    /// </summary>
    public string? Fingerprint { get; init; }

    public string? ErrorMessage { get; init; }

    public required IReadOnlyList<S3ModelFileResult> Files { get; init; }
}
