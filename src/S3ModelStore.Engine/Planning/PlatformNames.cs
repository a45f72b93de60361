using System.Buffers;
using System.Text;

namespace S3ModelStore.Engine.Planning;

/// <summary>What a platform allows in the names of files, as data, so that every platform's rules can be tested on any other.</summary>
internal sealed record PlatformNames
{
    // Refused everywhere: control characters spoil terminals and logs, and PowerShell takes a backslash for a separator on every
    // platform. https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_path_syntax
    private static readonly string NeverAllowed = string.Concat(Enumerable.Range(0, 0xA0).Select(c => (char)c).Where(char.IsControl)) + '\\';

    private PlatformNames(string name, char separator, string forbidden)
    {
        Name = name;
        Separator = separator;
        Forbidden = SearchValues.Create(NeverAllowed + forbidden);
    }

    /// <summary>https://learn.microsoft.com/windows/win32/fileio/naming-a-file</summary>
    public static PlatformNames Windows { get; } = new("Windows", '\\', "<>:\"|?*")
    {
        IgnoresCase = true,
        TrimsNames = true,
        HasDeviceNames = true,
        HasShortNames = true,
        MaxSegment = 255,
        // UNICODE_STRING holds 32,767 characters, and the terminator counts.
        MaxPath = 32_766,
    };

    /// <summary>https://man7.org/linux/man-pages/man7/path_resolution.7.html: NAME_MAX, and PATH_MAX without its terminator.</summary>
    public static PlatformNames Linux { get; } = new("Linux", '/', string.Empty)
    {
        CountsSegmentBytes = true,
        CountsPathBytes = true,
        MaxSegment = 255,
        MaxPath = 4095,
    };

    /// <summary>APFS as it is formatted by default: case and Unicode normalisation do not make two names different.</summary>
    public static PlatformNames MacOS { get; } = new("macOS", '/', string.Empty)
    {
        IgnoresCase = true,
        IgnoresNormalization = true,
        MaxSegment = 255,
        // PATH_MAX of <sys/syslimits.h> is in bytes; counting UTF-16 units would let a path through that open() refuses.
        MaxPath = 1023,
        CountsPathBytes = true,
    };

    /// <summary>As it is called in messages.</summary>
    public string Name { get; }

    /// <summary>Between the segments of a local path.</summary>
    public char Separator { get; }

    /// <summary>Characters that no segment may have.</summary>
    public SearchValues<char> Forbidden { get; }

    public bool IgnoresCase { get; private init; }

    /// <summary>Two names that differ only in composed and decomposed characters are one.</summary>
    public bool IgnoresNormalization { get; private init; }

    /// <summary>Dots and spaces at the end of a name are dropped by the system.</summary>
    public bool TrimsNames { get; private init; }

    /// <summary>CON, NUL, COM1 and the like open devices, in any directory and with any extension.</summary>
    public bool HasDeviceNames { get; private init; }

    /// <summary>A file has a second name of the form <c>LONGNA~1.EXT</c>.</summary>
    public bool HasShortNames { get; private init; }

    /// <summary>Longest segment: UTF-8 bytes with <see cref="CountsSegmentBytes"/>, else UTF-16 units.</summary>
    public int MaxSegment { get; private init; }

    /// <summary>Longest whole path, destination included: UTF-8 bytes with <see cref="CountsPathBytes"/>, else UTF-16 units.</summary>
    public int MaxPath { get; private init; }

    public bool CountsSegmentBytes { get; private init; }

    public bool CountsPathBytes { get; private init; }

    /// <summary>The rules of the machine this runs on.</summary>
    public static PlatformNames ForCurrent()
        => OperatingSystem.IsWindows() ? Windows : OperatingSystem.IsMacOS() ? MacOS : Linux;

    public int SegmentLength(ReadOnlySpan<char> segment)
        => CountsSegmentBytes ? Encoding.UTF8.GetByteCount(segment) : segment.Length;

    public int PathLength(ReadOnlySpan<char> path)
        => CountsPathBytes ? Encoding.UTF8.GetByteCount(path) : path.Length;
}
