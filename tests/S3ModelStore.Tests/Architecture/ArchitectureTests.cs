using Mono.Cecil;
using S3ModelStore.Playground.Hosting;

namespace S3ModelStore.Tests.Architecture;

public sealed class ArchitectureTests : IDisposable
{
    private static readonly string Bin = Path.Combine(Path.GetDirectoryName(BuiltModule.ManifestPath)!, "bin");
    private readonly AssemblyDefinition _cmdlets = Read("S3ModelStore");

    public void Dispose() => _cmdlets.Dispose();

    [Fact]
    public void The_loader_references_the_framework_only()
    {
        using var loader = Read("S3ModelStore.Loader");
        Assert.All(loader.MainModule.AssemblyReferences, reference => Assert.StartsWith("System.", reference.Name, StringComparison.Ordinal));
        Assert.DoesNotContain(loader.MainModule.AssemblyReferences, reference => reference.Name == "System.Management.Automation");
    }

    [Fact]
    public void The_cmdlets_do_not_name_the_sdk()
    {
        Assert.DoesNotContain(_cmdlets.MainModule.AssemblyReferences, reference => reference.Name.StartsWith("AWSSDK", StringComparison.Ordinal));
        Assert.DoesNotContain(_cmdlets.MainModule.GetTypeReferences(), type => type.Namespace.StartsWith("Amazon", StringComparison.Ordinal));
    }

    [Fact]
    public void Only_the_pipeline_writes()
    {
        var writers = Calls()
            .Where(call => call.Callee.DeclaringType.FullName is "System.Management.Automation.Cmdlet" or "System.Management.Automation.PSCmdlet")
            .Where(call => call.Callee.Name.StartsWith("Write", StringComparison.Ordinal) || call.Callee.Name.StartsWith("Should", StringComparison.Ordinal) || call.Callee.Name == "ThrowTerminatingError")
            .Select(call => Outermost(call.Caller.DeclaringType).Namespace)
            .Distinct(StringComparer.Ordinal);
        Assert.Equal(["S3ModelStore.Pipeline"], writers);
    }

    [Fact]
    public void Commands_touch_neither_files_nor_the_network()
    {
        string[] namespaces = ["System.IO", "System.Net.Http", "System.Net.Sockets"];
        // Path only computes with text.
        Assert.DoesNotContain(Calls(), call => namespaces.Contains(call.Callee.DeclaringType.Namespace) && call.Callee.DeclaringType.Name != nameof(Path));
    }

    [Fact]
    public void Public_types_are_cmdlets_and_what_they_are_made_of()
        => Assert.Equal(
            ["AsyncCmdlet", "GetS3ModelObjectCommand", "IPipeline", "MeasureS3ModelDownloadCommand", "SaveS3ModelCommand", "SourceCommand", "StoreCommand", "TestS3ModelSourceCommand"],
            _cmdlets.MainModule.Types.Where(type => type.IsPublic).Select(type => type.Name).Order(StringComparer.Ordinal));

    private static AssemblyDefinition Read(string name) => AssemblyDefinition.ReadAssembly(Path.Combine(Bin, name + ".dll"));

    private static TypeDefinition Outermost(TypeDefinition type) => type.DeclaringType is null ? type : Outermost(type.DeclaringType);

    private IEnumerable<(MethodDefinition Caller, MethodReference Callee)> Calls()
        => from type in _cmdlets.MainModule.GetTypes()
           from method in type.Methods
           where method.HasBody
           from instruction in method.Body.Instructions
           where instruction.Operand is MethodReference
           select (method, (MethodReference)instruction.Operand);
}
