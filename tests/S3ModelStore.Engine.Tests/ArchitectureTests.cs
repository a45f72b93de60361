using System.Reflection;
using NetArchTest.Rules;
using Xunit;

namespace S3ModelStore.Engine.Tests;

/// <summary>What may know what.</summary>
public sealed class ArchitectureTests
{
    private const string Root = "S3ModelStore.Engine";

    private static readonly Assembly Engine = typeof(ModelStore).Assembly;

    [Fact]
    public void The_engine_does_not_know_PowerShell()
        => Assert.DoesNotContain(Engine.GetReferencedAssemblies(), name => name.Name == "System.Management.Automation");

    [Fact]
    public void Only_the_source_knows_the_SDK()
        => AssertHolds(Types.InAssembly(Engine).That().DoNotResideInNamespaceStartingWith($"{Root}.Source").ShouldNot().HaveDependencyOnAny("Amazon"));

    [Fact]
    public void Within_the_source_only_one_folder_knows_the_SDK()
        => AssertHolds(Types.InAssembly(Engine).That().DoNotResideInNamespace($"{Root}.Source.Sdk").And().DoNotHaveName("S3ObjectStore").ShouldNot().HaveDependencyOnAny("Amazon"));

    [Fact]
    public void The_rule_about_the_SDK_would_notice_it()
        => Assert.False(Types.InAssembly(Engine).That().ResideInNamespace($"{Root}.Source.Sdk").ShouldNot().HaveDependencyOnAny("Amazon").GetResult().IsSuccessful);

    [Fact]
    public void No_type_of_the_SDK_or_a_library_is_in_the_public_surface()
    {
        var foreign = Engine.GetExportedTypes()
            .SelectMany(type => SurfaceOf(type).Select(used => (type, used)))
            .Where(pair => pair.used.Assembly != Engine && !IsOfTheRuntime(pair.used))
            .Select(pair => $"{pair.type.Name} shows {pair.used.FullName}");

        Assert.Empty(foreign);
    }

    [Fact]
    public void The_insides_of_transfer_storage_and_verification_are_internal()
        => Assert.DoesNotContain(Engine.GetExportedTypes(), type => InFolder(type, "Transfer") || InFolder(type, "Storage") || InFolder(type, "Verification"));

    [Fact]
    public void What_is_public_is_a_short_list()
    {
        string[] inside = ["Planning", "Progress", "Selection", "Source"];
        var contracts = Engine.GetExportedTypes().Where(type => inside.Any(folder => InFolder(type, folder))).Select(type => type.Name).Order(StringComparer.Ordinal);

        Assert.Equal(
            [
                "ConnectionChoices", "DownloadPlan", "FileProgress", "FileSpecReader", "ModelFilter", "ProgressSnapshot", "S3ModelStoreOptions", "S3ModelUri", "TransferMonitor",
                "TransferPhase",
            ],
            contracts);
    }

    [Fact]
    public void Planning_and_selection_touch_neither_network_nor_disk()
    {
        foreach (var folder in (string[])["Planning", "Selection"])
        {
            AssertHolds(Types.InAssembly(Engine).That().ResideInNamespace($"{Root}.{folder}").And().DoNotHaveName("FileSpecReader").ShouldNot()
                .HaveDependencyOnAny("System.Net", "System.IO.File", "System.IO.Directory", "System.IO.FileInfo", $"{Root}.Transfer"));
        }
    }

    [Fact]
    public void Storage_and_verification_do_not_know_the_transfer()
    {
        foreach (var folder in (string[])["Storage", "Verification"])
            AssertHolds(Types.InAssembly(Engine).That().ResideInNamespace($"{Root}.{folder}").ShouldNot().HaveDependencyOnAny($"{Root}.Transfer", "System.Net"));
    }

    [Fact]
    public void Every_class_that_is_no_base_is_sealed()
    {
        var open = Engine.GetTypes()
            .Where(type => type is { IsClass: true, IsSealed: false, IsAbstract: false } && !IsGenerated(type))
            .Where(type => !Engine.GetTypes().Any(other => other.BaseType == type))
            .Select(type => type.FullName);

        Assert.Empty(open);
    }

    private static void AssertHolds(ConditionList rule)
        => Assert.All(rule.GetResult().FailingTypeNames ?? [], name => Assert.Contains('<', name));

    private static bool InFolder(Type type, string folder)
        => type.Namespace == $"{Root}.{folder}" || type.Namespace?.StartsWith($"{Root}.{folder}.", StringComparison.Ordinal) == true;

    private static bool IsGenerated(Type type)
        => type.FullName!.Contains('<', StringComparison.Ordinal) || type.GetCustomAttribute<System.CodeDom.Compiler.GeneratedCodeAttribute>() is not null
            || (type.DeclaringType is { } outer && IsGenerated(outer));

    private static bool IsOfTheRuntime(Type type) => type.Assembly.GetName().Name!.StartsWith("System.", StringComparison.Ordinal) || type.Assembly == typeof(object).Assembly;

    private static IEnumerable<Type> SurfaceOf(Type type)
    {
        const BindingFlags Visible = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var used = new List<Type?> { type.BaseType };
        used.AddRange(type.GetInterfaces());
        used.AddRange(type.GetProperties(Visible).Select(property => property.PropertyType));
        used.AddRange(type.GetFields(Visible).Select(field => field.FieldType));
        used.AddRange(type.GetConstructors(Visible).SelectMany(constructor => constructor.GetParameters()).Select(parameter => parameter.ParameterType));
        foreach (var method in type.GetMethods(Visible))
            used.AddRange([method.ReturnType, .. method.GetParameters().Select(parameter => parameter.ParameterType)]);
        return used.OfType<Type>().SelectMany(Parts);
    }

    private static IEnumerable<Type> Parts(Type type)
        => type.HasElementType ? Parts(type.GetElementType()!)
            : type.IsGenericType ? [type.GetGenericTypeDefinition(), .. type.GetGenericArguments().SelectMany(Parts)]
            : [type];
}
