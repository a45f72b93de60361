using System.Globalization;

namespace S3ModelStore.Formatting;

/// <summary>Bytes as a person reads them, in the units PowerShell's own literals have (1 KB is 1024 bytes).</summary>
internal static class ByteSize
{
    private static readonly string[] Units = ["B", "KB", "MB", "GB", "TB", "PB"];

    public static string ToText(double bytes)
    {
        var unit = 0;
        // The bound keeps what would round to "1024.0" out of the smaller unit.
        while (bytes >= 1023.95 && unit < Units.Length - 1)
        {
            bytes /= 1024;
            unit++;
        }

        return bytes.ToString(unit == 0 ? "0" : "0.0", CultureInfo.CurrentCulture) + " " + Units[unit];
    }
}
