namespace S3ModelStore.Help;

/// <summary>The Markdown is not what a help topic has to be.</summary>
internal sealed class HelpSourceException(string file, int line, string message) : Exception(message)
{
    public string File { get; } = file;

    /// <summary>Counted from 1.</summary>
    public int Line { get; } = line;
}
