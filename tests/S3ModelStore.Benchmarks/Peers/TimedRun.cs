using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using S3ModelStore.Benchmarks.Children;

namespace S3ModelStore.Benchmarks.Peers;

/// <summary>
/// A program from its start to its end: wall time by our clock, processor time and largest resident set by GNU time, the same for
/// everybody, and runtime start-up included.
/// </summary>
internal static class TimedRun
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    /// <exception cref="InvalidOperationException">It failed, or did not end.</exception>
    /// <returns>The cost, and what it printed.</returns>
    public static async Task<(Measurement Cost, string Output)> MeasureAsync(Invocation command, string directory)
    {
        var times = Path.GetTempFileName();
        try
        {
            var watch = Stopwatch.StartNew();
            var (exitCode, output) = await RunAsync(command, directory, ["-q", "-o", times, "-f", "%U %S %M"]);
            var wall = watch.Elapsed;
            if (exitCode != 0)
                throw new InvalidOperationException($"{Path.GetFileName(command.Program)} ended with {exitCode}: {Tail(output)}");
            var figures = (await File.ReadAllLinesAsync(times))[^1].Split(' ').Select(figure => double.Parse(figure, CultureInfo.InvariantCulture)).ToList();
            return (new Measurement { WallSeconds = wall.TotalSeconds, UserSeconds = figures[0], SystemSeconds = figures[1], PeakBytes = (long)figures[2] * 1024, WorkSeconds = WorkIn(output) }, output);
        }
        finally
        {
            File.Delete(times);
        }
    }

    /// <summary>Runs a program that may end as it likes.</summary>
    public static async Task<int> RunAsync(Invocation command, string directory) => (await RunAsync(command, directory, ["-q", "-o", "/dev/null"])).ExitCode;

    private static async Task<(int ExitCode, string Output)> RunAsync(Invocation command, string directory, string[] timing)
    {
        var start = new ProcessStartInfo(Requirements.GnuTime, [.. timing, command.Program, .. command.Arguments])
        {
            RedirectStandardError = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
            WorkingDirectory = directory,
        };
        Neutralize(start.Environment);
        foreach (var (name, value) in command.Environment)
            start.Environment[name] = value;
        using var process = Process.Start(start) ?? throw new Win32Exception();
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, output + await errors);
        }
        catch (OperationCanceledException e)
        {
            process.Kill(entireProcessTree: true);
            throw new InvalidOperationException($"{Path.GetFileName(command.Program)} did not end within {Patience.TotalMinutes} minutes.", e);
        }
    }

    /// <summary>Takes away what this user has set for other stores: proxies, keys, profiles and certificates.</summary>
    private static void Neutralize(IDictionary<string, string?> environment)
    {
        var foreign = environment.Keys.Where(name =>
            name.StartsWith("AWS_", StringComparison.Ordinal) || name.StartsWith("RCLONE_", StringComparison.Ordinal)
            || name.EndsWith("_PROXY", StringComparison.OrdinalIgnoreCase) || name == "S3_ENDPOINT_URL").ToList();
        foreach (var name in foreign)
            environment.Remove(name);
        environment["AWS_CONFIG_FILE"] = environment["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null";
    }

    // Our own children tell how long they took from within.
    private static double WorkIn(string output)
        => output.Split('\n').LastOrDefault(line => line.StartsWith($"{{\"{nameof(Measurement.WallSeconds)}\"", StringComparison.Ordinal)) is { } line
            ? JsonSerializer.Deserialize<Measurement>(line)!.WallSeconds
            : 0;

    private static string Tail(string output) => output.Trim() is { Length: > 400 } text ? "…" + text[^400..] : output.Trim();
}
