using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Xml.Linq;
using S3ModelStore.Playground.Hosting;
using S3ModelStore.Tests.Hosting;

namespace S3ModelStore.Tests.Import;

public sealed class ManifestTests : IDisposable
{
    private static readonly string Root = Path.GetDirectoryName(BuiltModule.ManifestPath)!;
    private readonly PowerShellEngine _engine = new();

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void Exports_classes_and_help_topics_are_the_same()
    {
        var manifest = Manifest();
        var exported = ((object[])manifest["CmdletsToExport"]!).Cast<string>().Order(StringComparer.Ordinal).ToArray();
        var classes = CmdletAssembly.From(_engine).GetExportedTypes()
            .Where(type => type is { IsAbstract: false } && typeof(Cmdlet).IsAssignableFrom(type))
            .Select(type => type.GetCustomAttributes(typeof(CmdletAttribute), inherit: false).Cast<CmdletAttribute>().Single())
            .Select(cmdlet => $"{cmdlet.VerbName}-{cmdlet.NounName}").Order(StringComparer.Ordinal).ToArray();
        var topics = XDocument.Load(Path.Combine(Root, "en-US", "S3ModelStore.dll-Help.xml"))
            .Descendants().Where(element => element.Name.LocalName == "details")
            .Select(details => details.Elements().First(element => element.Name.LocalName == "name").Value).Order(StringComparer.Ordinal).ToArray();

        Assert.NotEmpty(exported);
        Assert.Equal(exported, classes);
        Assert.Equal(exported, topics);
    }

    [Fact]
    public void Only_PowerShell_7_4_and_later_may_import_it()
    {
        var manifest = Manifest();
        Assert.Equal("7.4", manifest["PowerShellVersion"]);
        Assert.Equal(["Core"], ((object[])manifest["CompatiblePSEditions"]!).Cast<string>());
    }

    [Fact]
    public void It_exports_nothing_by_wildcard()
        => Assert.DoesNotContain(Manifest().Values.Cast<object>().SelectMany(value => value as object[] ?? [value]), value => value is "*");

    [Fact]
    public void Its_version_is_the_assembly_version()
    {
        var version = CmdletAssembly.From(_engine).GetName().Version!;
        Assert.Equal(version.ToString(3), Manifest()["ModuleVersion"]);
    }

    [Fact]
    public void What_the_host_brings_is_not_shipped()
    {
        var names = Directory.EnumerateFiles(Path.Combine(Root, "bin")).Select(Path.GetFileNameWithoutExtension).ToArray();
        Assert.Contains("S3ModelStore.Loader", names);
        Assert.DoesNotContain(names, name => name is "System.Management.Automation" || name!.StartsWith("System.Private", StringComparison.Ordinal));
    }

    private static Hashtable Manifest()
    {
        using var shell = PowerShell.Create(InitialSessionState.CreateDefault2());
        var text = File.ReadAllText(BuiltModule.ManifestPath);
        return (Hashtable)shell.AddScript(text).Invoke()[0].BaseObject;
    }
}
