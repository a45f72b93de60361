namespace S3ModelStore.Engine.Model;

/// <summary>The files of one extension in an estimate.</summary>
/// <param name="Extension">With its dot, lower case; empty for names without one.</param>
/// <param name="FileCount">Number of files.</param>
/// <param name="TotalBytes">Bytes.</param>
public sealed record S3ModelExtensionSummary(string Extension, int FileCount, long TotalBytes)
{
    public override string ToString() => Extension;
}
