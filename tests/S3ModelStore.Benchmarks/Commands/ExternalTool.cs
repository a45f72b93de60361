using System.Diagnostics;
using System.Globalization;
using S3ModelStore.Benchmarks.Children;

namespace S3ModelStore.Benchmarks.Commands;

/// <summary>Another downloader on the PATH, timed by bash; its memory is not measured.</summary>
internal static class ExternalTool
{
    public static bool IsThere(string name)
        => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator).Any(path => File.Exists(Path.Combine(path, name)));

    public static async Task<Measurement> MeasureAsync(string directory, string command)
    {
        Directory.CreateDirectory(directory);
        var start = new ProcessStartInfo("bash") { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false, WorkingDirectory = directory };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add($"TIMEFORMAT='%R %U %S'; time {{ {command}; }} >/dev/null 2>&1");
        using var bash = Process.Start(start)!;
        var times = (await bash.StandardError.ReadToEndAsync()).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        await bash.WaitForExitAsync();
        if (bash.ExitCode != 0)
            throw new InvalidOperationException($"'{command}' ended with {bash.ExitCode}.");
        var seconds = times.Select(time => double.Parse(time, CultureInfo.InvariantCulture)).ToList();
        return new Measurement { WallSeconds = seconds[0], UserSeconds = seconds[1], SystemSeconds = seconds[2] };
    }
}
