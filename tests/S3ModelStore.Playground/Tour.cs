using System.Management.Automation;
using System.Management.Automation.Host;
using S3ModelStore.Playground.Hosting;

namespace S3ModelStore.Playground;

/// <summary>The four cmdlets against a loopback server with a sample model, as the README shows them.</summary>
internal sealed class Tour(ModuleSession session, PSHostUserInterface screen)
{
    private static readonly string[] Steps =
    [
        "Test-S3ModelSource s3://models/tiny-llm",
        "Test-S3ModelSource s3://models/tiny-llm -Detailed",
        "Get-S3ModelObject s3://models/tiny-llm",
        "Measure-S3ModelDownload s3://models/tiny-llm -Destination ./tiny-llm",
        "Save-S3Model s3://models/tiny-llm ./tiny-llm",
        "Save-S3Model s3://models/tiny-llm ./tiny-llm",
    ];

    /// <summary>False when a step failed.</summary>
    public async Task<bool> RunAsync()
    {
        await using var server = await SampleServer.StartAsync();
        // As many object stores do to each connection, and slow enough for a person to see the progress.
        server.BytesPerSecondPerConnection = 10_000_000;
        foreach (var (name, value) in SampleServer.Environment(server))
            Environment.SetEnvironmentVariable(name, value);
        var directory = Directory.CreateTempSubdirectory("s3modelstore-tour-");
        try
        {
            session.Runspace.SessionStateProxy.Path.SetLocation(directory.FullName);
            // A step that fails is the end of the tour; by default PowerShell would show the error and go on.
            session.Runspace.SessionStateProxy.SetVariable("ErrorActionPreference", ActionPreference.Stop);
            return Array.TrueForAll(Steps, Run);
        }
        finally
        {
            session.Runspace.SessionStateProxy.Path.SetLocation(Path.GetTempPath());
            directory.Delete(recursive: true);
        }
    }

    private bool Run(string step)
    {
        screen.WriteLine("PS> " + step);
        return session.Show(step);
    }
}
