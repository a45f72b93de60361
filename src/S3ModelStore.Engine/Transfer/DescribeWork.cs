namespace S3ModelStore.Engine.Transfer;

/// <summary>Ask the store what it knows about the bytes of a file of several parts, beside the first of them.</summary>
internal sealed record DescribeWork(FileTransfer File) : FileWork(File);
