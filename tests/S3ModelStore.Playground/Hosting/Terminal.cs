namespace S3ModelStore.Playground.Hosting;

/// <summary>Where a host reads and writes, and what that place can do.</summary>
public sealed record Terminal(TextReader In, TextWriter Out, TextWriter Error)
{
    private const int DefaultWidth = 120;

    /// <summary>Somebody watches who can see colours and a moving bar.</summary>
    public bool IsInteractive { get; init; }

    public int Width { get; init; } = DefaultWidth;

    public static Terminal OfProcess()
    {
        var interactive = !Console.IsOutputRedirected && !Console.IsErrorRedirected;
        return new Terminal(Console.In, Console.Out, Console.Error)
        {
            IsInteractive = interactive,
            Width = interactive && Console.WindowWidth > 0 ? Console.WindowWidth : DefaultWidth,
        };
    }
}
