using S3ModelStore.Engine.Resources;

namespace S3ModelStore.Engine.Planning;

/// <summary>Tells what is unsafe about a key on a platform. The answer is the rest of a sentence that begins with the key.</summary>
internal sealed class SegmentRules
{
    /// <summary>The directory below a destination that is the module's own.</summary>
    public const string StateDirectory = ".s3modelstore";

    // How 8.3 names of the state directory look: the first characters without the dot, or two of them and a hash.
    private const string ShortStateName = "S3MODE~";

    private static readonly string[] Devices = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];

    private readonly PlatformNames _names;

    public SegmentRules(PlatformNames names) => _names = names;

    /// <summary>The first fault of a relative key; <see langword="null"/> if each of its segments is safe.</summary>
    public string? FaultOf(ReadOnlySpan<char> key)
    {
        if (HalfSurrogate(key) is { } half)
            return half;
        for (var first = true; ; first = false)
        {
            var slash = key.IndexOf('/');
            if (SegmentFault(slash < 0 ? key : key[..slash], first) is { } fault)
                return fault;
            if (slash < 0)
                return null;
            key = key[(slash + 1)..];
        }
    }

    /// <summary>Text with half a surrogate pair has no UTF-8 form: it cannot be a key, and two such texts could become one file.</summary>
    public static string? HalfSurrogate(ReadOnlySpan<char> key)
    {
        for (var i = key.IndexOfAnyInRange('\uD800', '\uDFFF'); i >= 0 && i < key.Length; i++)
        {
            if (!char.IsSurrogate(key[i]))
                continue;
            if (i + 1 >= key.Length || !char.IsSurrogatePair(key[i], key[i + 1]))
                return Messages.HalfASurrogatePair((int)key[i]);
            i++;
        }

        return null;
    }

    /// <summary>The name itself is claimed by the system or this module, whatever its characters.</summary>
    public bool IsClaimed(ReadOnlySpan<char> segment, bool first)
        => (_names.HasDeviceNames && IsDevice(segment)) || (first && IsState(segment));

    public static bool HasDrive(ReadOnlySpan<char> segment)
        => segment.Length > 1 && segment[1] == ':' && char.IsAsciiLetter(segment[0]);

    private string? SegmentFault(ReadOnlySpan<char> segment, bool first)
    {
        if (segment.IsEmpty)
            return first ? Messages.BeginsWithSlash : Messages.EmptySegment;
        if (segment is "." or "..")
            return Messages.SegmentLeadsElsewhere(segment.ToString());
        if (first && HasDrive(segment))
            return Messages.BeginsWithDrive(segment[..2].ToString());
        if (segment.IndexOfAny(_names.Forbidden) is >= 0 and var bad)
            return CharacterFault(segment[bad]);
        if (first && IsState(segment))
            return Messages.BelowOwnDirectory(segment.ToString());
        if (_names.TrimsNames && segment[^1] is '.' or ' ')
            return segment[^1] == '.' ? Messages.SegmentEndsInDot(_names.Name) : Messages.SegmentEndsInSpace(_names.Name);
        if (_names.HasDeviceNames && IsDevice(segment))
            return Messages.SegmentIsDevice(segment.ToString(), _names.Name);
        if (_names.SegmentLength(segment) <= _names.MaxSegment)
            return null;
        return _names.CountsSegmentBytes
            ? Messages.SegmentTooManyBytes(_names.MaxSegment, _names.Name)
            : Messages.SegmentTooManyCharacters(_names.MaxSegment, _names.Name);
    }

    private string CharacterFault(char c) => c switch
    {
        '\\' => Messages.HasBackslash,
        _ when char.IsControl(c) => Messages.HasControlCharacter((int)c),
        _ => Messages.HasCharacter(c, _names.Name),
    };

    private bool IsState(ReadOnlySpan<char> segment)
        => segment.Equals(StateDirectory, StringComparison.OrdinalIgnoreCase)
            || (_names.HasShortNames && IsShortState(segment))
            || (_names.IgnoresNormalization && NameFolding.Fold(segment.ToString()).Equals(StateDirectory, StringComparison.OrdinalIgnoreCase));

    // https://learn.microsoft.com/windows/win32/fileio/naming-a-file#short-vs-long-names
    private static bool IsShortState(ReadOnlySpan<char> segment)
    {
        if (segment.StartsWith(ShortStateName, StringComparison.OrdinalIgnoreCase))
            return !segment[ShortStateName.Length..].ContainsAnyExceptInRange('0', '9');
        return segment.Length == 8 && segment.StartsWith("S3", StringComparison.OrdinalIgnoreCase) && segment[6] == '~'
            && char.IsAsciiDigit(segment[7]) && IsHex(segment[2..6]);
    }

    private static bool IsHex(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiHexDigit(c))
                return false;
        }

        return true;
    }

    private static bool IsDevice(ReadOnlySpan<char> segment)
    {
        // "con.tar.gz" and "con .txt" are the console too.
        var dot = segment.IndexOf('.');
        var name = (dot < 0 ? segment : segment[..dot]).TrimEnd(' ');
        if (name.Length == 4 && (char.IsAsciiDigit(name[3]) || name[3] is '¹' or '²' or '³'))
            return name.StartsWith("COM", StringComparison.OrdinalIgnoreCase) || name.StartsWith("LPT", StringComparison.OrdinalIgnoreCase);
        foreach (var device in Devices)
        {
            if (name.Equals(device, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
