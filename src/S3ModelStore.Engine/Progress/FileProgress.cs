namespace S3ModelStore.Engine.Progress;

/// <summary>How far one file is. Bytes.</summary>
public readonly record struct FileProgress(string RelativePath, long BytesDone, long TotalBytes);
