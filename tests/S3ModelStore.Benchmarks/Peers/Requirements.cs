using System.Diagnostics;
using S3ModelStore.Benchmarks.Commands;

namespace S3ModelStore.Benchmarks.Peers;

/// <summary>What the comparison needs besides its contestants: nginx to ask, and GNU time to measure by.</summary>
internal static class Requirements
{
    public static string Nginx => ExternalTool.Find("nginx") ?? "/usr/sbin/nginx";

    public static string GnuTime => "/usr/bin/time";

    /// <summary>Whether all is there, installing it first where that is allowed; else says what to do.</summary>
    /// <param name="withPeers">Also the peers that Debian has.</param>
    public static bool Meet(bool withPeers)
    {
        string[] missing =
        [
            .. File.Exists(Nginx) ? [] : (string[])["nginx"],
            .. File.Exists(GnuTime) ? [] : (string[])["time"],
            .. withPeers ? (string[])["curl", "aria2", "rclone", "awscli"] : [],
        ];
        if (missing.Length == 0)
            return true;
        if (!Environment.IsPrivilegedProcess || ExternalTool.Find("apt-get") is null)
        {
            Console.Error.WriteLine($"Install {string.Join(", ", missing)} (Debian, Ubuntu: sudo apt-get install {string.Join(' ', missing)}) and run this again.");
            return false;
        }

        var had = File.Exists(Nginx);
        Run("apt-get", ["update"]);
        Run("apt-get", ["install", "-y", "--no-install-recommends", .. missing]);
        if (!had && ExternalTool.Find("service") is not null)
            // Debian starts what it installs; nobody asked for a web server on port 80.
            Run("service", ["nginx", "stop"]);
        return File.Exists(Nginx) && File.Exists(GnuTime);
    }

    private static void Run(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, Environment = { ["DEBIAN_FRONTEND"] = "noninteractive" } };
        using var process = Process.Start(start)!;
        process.WaitForExit();
    }
}
