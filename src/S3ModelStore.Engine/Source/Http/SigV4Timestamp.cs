using System.Globalization;

namespace S3ModelStore.Engine.Source.Http;

/// <summary>One second, as signatures write it. Thousands of requests share it.</summary>
internal sealed class SigV4Timestamp
{
    private readonly long _second;

    public SigV4Timestamp(DateTimeOffset time)
    {
        _second = time.ToUnixTimeSeconds();
        Text = time.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
    }

    /// <summary><c>yyyyMMddTHHmmssZ</c>.</summary>
    public string Text { get; }

    /// <summary><c>yyyyMMdd</c>.</summary>
    public ReadOnlySpan<char> Date => Text.AsSpan(0, 8);

    public bool Covers(DateTimeOffset time) => _second == time.ToUnixTimeSeconds();
}
