using System.Management.Automation;
using System.Reflection;
using S3ModelStore.Tests.Hosting;

namespace S3ModelStore.Tests.Formatting;

/// <summary>Makes the objects of the pipeline without a download; their types live in the module's load context.</summary>
internal sealed class EngineObject(Assembly cmdlets)
{
    public object Create(string type, params (string Property, object? Value)[] properties)
    {
        var made = Activator.CreateInstance(Type(type))!;
        foreach (var (property, value) in properties)
        {
            var target = made.GetType().GetProperty(property)!;
            target.SetValue(made, LanguagePrimitives.ConvertTo(value, target.PropertyType, formatProvider: null));
        }

        return made;
    }

    public object CreateByConstructor(string type, params object[] arguments) => Activator.CreateInstance(Type(type), arguments)!;

    public Array List(string type, params object[] items)
    {
        var list = Array.CreateInstance(Type(type), items.Length);
        items.CopyTo(list, 0);
        return list;
    }

    private Type Type(string name) => CmdletAssembly.EngineType(cmdlets, "S3ModelStore.Engine.Model." + name);
}
