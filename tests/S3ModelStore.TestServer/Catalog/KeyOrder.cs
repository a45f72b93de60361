namespace S3ModelStore.TestServer.Catalog;

/// <summary>
/// Orders keys as S3 does, by their UTF-8 bytes. UTF-16 agrees with that except that surrogate pairs,
/// which are the highest code points, must come after U+E000 to U+FFFF.
/// </summary>
internal sealed class KeyOrder : IComparer<string>
{
    public static KeyOrder Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        var left = x.AsSpan();
        var right = y.AsSpan();
        var common = left.CommonPrefixLength(right);
        if (common == left.Length || common == right.Length)
            return left.Length.CompareTo(right.Length);

        return Rank(left[common]).CompareTo(Rank(right[common]));
    }

    private static int Rank(char unit) => char.IsSurrogate(unit) ? unit + 0x10000 : unit;
}
