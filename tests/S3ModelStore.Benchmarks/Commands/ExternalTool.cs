using System.Diagnostics;
using System.Globalization;
using S3ModelStore.Benchmarks.Children;

namespace S3ModelStore.Benchmarks.Commands;

/// <summary>Another downloader on the PATH, timed by bash; its memory is not measured.</summary>
internal static class ExternalTool
{
    public static bool IsThere(string name) => Find(name) is not null;

    /// <summary>Its full path; <see langword="null"/> when it is not there.</summary>
    public static string? Find(string name)
        => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator).Select(path => Path.Combine(path, name)).FirstOrDefault(File.Exists);

    /// <summary>What a tool tells about itself.</summary>
    public static string FirstLineOf(string name, string argument)
    {
        using var tool = Process.Start(new ProcessStartInfo(name, [argument]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        var errors = tool.StandardError.ReadToEndAsync();
        var line = tool.StandardOutput.ReadToEnd().Split('\n')[0].Trim();
        tool.WaitForExit();
        _ = errors;
        return line;
    }

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
