using System.Management.Automation;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using S3ModelStore.Tests.Hosting;

namespace S3ModelStore.Tests.Import;

public sealed class LoaderTests
{
    private const string CommandNames = "(Get-Command -Module S3ModelStore | ForEach-Object Name) -join ' '";
    private const string AllCommands = "Get-S3ModelObject Measure-S3ModelDownload Save-S3Model Test-S3ModelSource";

    [Fact]
    public void The_cmdlets_live_in_a_context_of_their_own()
    {
        using var engine = new PowerShellEngine();
        var context = AssemblyLoadContext.GetLoadContext(CmdletAssembly.From(engine))!;
        Assert.Equal("S3ModelStore", context.Name);
        Assert.NotSame(AssemblyLoadContext.Default, context);
        Assert.DoesNotContain(context.Assemblies, assembly => assembly.GetName().Name is "System.Management.Automation" or "S3ModelStore.Loader");
    }

    [Fact]
    public async Task An_unrelated_sdk_that_was_loaded_before_does_no_harm()
    {
        using var directory = new TemporaryDirectory();
        SaveStranger(directory["AWSSDK.Core.dll"]);
        await File.WriteAllTextAsync(
            directory["test.ps1"],
            """
            $stranger = [System.Runtime.Loader.AssemblyLoadContext]::Default.LoadFromAssemblyPath($args[0])
            $status = Test-S3ModelSource s3://b/x -Detailed -Anonymous -EndpointUrl http://127.0.0.1:9 -ErrorAction Stop
            $sdks = [System.AppDomain]::CurrentDomain.GetAssemblies().Where({ $_.GetName().Name -eq 'AWSSDK.Core' })
            "stranger $($stranger.GetName().Version); SDKs loaded: $($sdks.Count); $($status.Reason)"
            """,
            TestContext.Current.CancellationToken);

        var (exitCode, output) = await PlaygroundProcess.RunAsync(directory["test.ps1"], directory["AWSSDK.Core.dll"]);
        Assert.Equal("stranger 3.3.0.0; SDKs loaded: 2; EndpointUnreachable", output.Trim());
        Assert.Equal(0, exitCode);
    }

    [Fact]
    public void A_second_copy_of_one_version_works_beside_the_first()
    {
        using var copy = new ModuleCopy();
        using var first = new PowerShellEngine();
        using var second = new PowerShellEngine(import: false);
        second.Set("Manifest", copy.ManifestPath);
        Assert.Null(second.Run("Import-Module $Manifest -ErrorAction Stop").Thrown);
        Assert.Equal("x", first.Run("Get-S3ModelObject x").Error().TargetObject);
        Assert.Equal("y", second.Run("Get-S3ModelObject y").Error().TargetObject);
    }

    [Theory]
    [InlineData("Import-Module $Manifest -Force")]
    [InlineData("Remove-Module S3ModelStore; Import-Module $Manifest")]
    [InlineData("Remove-Module S3ModelStore; Import-Module $Manifest -Force; Import-Module $Manifest -Force")]
    public void Importing_again_brings_the_cmdlets_again(string again)
    {
        using var engine = new PowerShellEngine();
        Assert.Null(engine.Run(again).Thrown);
        Assert.Equal(AllCommands, engine.Run(CommandNames).Only().BaseObject);
        Assert.Equal("InvalidUri", engine.Run("Get-S3ModelObject x").Error().FullyQualifiedErrorId.Split(',')[0]);
    }

    [Fact]
    public void Removing_takes_the_cmdlets_away()
    {
        using var engine = new PowerShellEngine();
        Assert.Equal(string.Empty, engine.Run("Remove-Module S3ModelStore; " + CommandNames).Only().BaseObject);
    }

    [Fact]
    public void Two_runspaces_share_the_assembly()
    {
        using var first = new PowerShellEngine();
        using var second = new PowerShellEngine();
        Assert.Same(CmdletAssembly.From(first), CmdletAssembly.From(second));
    }

    [Fact]
    public async Task Runspaces_that_import_at_once_get_the_same_assembly()
    {
        using var copy = new ModuleCopy();
        var assemblies = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            using var engine = new PowerShellEngine(import: false);
            engine.Set("Manifest", copy.ManifestPath);
            Assert.Null(engine.Run("Import-Module $Manifest -ErrorAction Stop").Thrown);
            return CmdletAssembly.From(engine);
        })));
        Assert.Single(assemblies.Distinct());
    }

    [Fact]
    public void Strict_mode_does_not_matter()
    {
        using var engine = new PowerShellEngine(import: false);
        var result = engine.Run("Set-StrictMode -Version Latest; Import-Module $Manifest -ErrorAction Stop; " + CommandNames);
        Assert.Equal(AllCommands, result.Only().BaseObject);
    }

    [Theory]
    [InlineData("with spaces")]
    [InlineData("with [brackets]")]
    [InlineData("with 'quotes' & ünicode")]
    public void Any_path_will_do(string parent)
    {
        using var copy = new ModuleCopy(parent);
        using var engine = new PowerShellEngine(import: false);
        engine.Set("Manifest", WildcardPattern.Escape(copy.ManifestPath));
        var result = engine.Run("Import-Module $Manifest -ErrorAction Stop; " + CommandNames);
        Assert.Equal(AllCommands, result.Only().BaseObject);
    }

    [Fact]
    public void What_is_precompiled_for_this_system_is_taken_and_nothing_else_of_that_kind()
    {
        using var directory = new TemporaryDirectory();
        string[] others = ["linux-arm64", "linux-x64", "osx-arm64", "osx-x64", "win-arm64", "win-x64"];
        foreach (var place in (string[])["", .. others])
            SaveAssembly("S3ModelStore", new Version(9, 9), Path.Combine(Directory.CreateDirectory(directory[place]).FullName, "S3ModelStore.dll"));

        var system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
        var ours = $"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
        Assert.Equal(directory[Path.Combine(ours, "S3ModelStore.dll")], Load(directory[""]).Location);
    }

    [Fact]
    public void Without_precompiled_assemblies_the_portable_ones_are_taken()
    {
        using var directory = new TemporaryDirectory();
        SaveAssembly("S3ModelStore", new Version(9, 8), directory["S3ModelStore.dll"]);
        Assert.Equal(directory["S3ModelStore.dll"], Load(directory[""]).Location);
    }

    // As the module's script does it.
    private static Assembly Load(string directory)
    {
        using var engine = new PowerShellEngine();
        engine.Set("Directory", directory);
        return (Assembly)engine.Run("('S3ModelStore.Loader.ModuleLoader' -as [type])::Load($Directory)").Only().BaseObject;
    }

    // An assembly of the SDK's name and an old version, as another module might bring it into the shared context.
    private static void SaveStranger(string path) => SaveAssembly("AWSSDK.Core", new Version(3, 3, 0, 0), path);

    private static void SaveAssembly(string name, Version version, string path)
    {
        var builder = new PersistedAssemblyBuilder(new AssemblyName(name) { Version = version }, typeof(object).Assembly);
        builder.DefineDynamicModule(name).DefineType("Amazon.Stranger").CreateType();
        builder.Save(path);
    }
}
