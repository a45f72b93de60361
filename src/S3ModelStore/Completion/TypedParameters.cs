using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Security;
using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Source;
using S3ModelStore.Parameters;

namespace S3ModelStore.Completion;

/// <summary>
/// What stands on a command line so far, and for the rest <c>$PSDefaultParameterValues</c>: a store must not be asked in another way than the
/// command will ask it.
/// </summary>
internal sealed class TypedParameters
{
    private readonly string _command;
    private readonly IDictionary _typed;
    private readonly IDictionary _defaults;

    public TypedParameters(string command, IDictionary typed)
    {
        _command = command;
        _typed = typed;
        _defaults = DefaultValues();
    }

    /// <summary>The sources that were typed.</summary>
    public IReadOnlyList<string> Sources
        => LanguagePrimitives.TryConvertTo(Find(nameof(SourceCommand.Uri)), CultureInfo.InvariantCulture, out string[]? sources) && sources is not null ? sources : [];

    /// <summary>How to reach the store. One attempt: whoever presses a key waits for the answer.</summary>
    public S3ModelStoreOptions Connection()
    {
        var credential = Find(nameof(StoreCommand.Credential)) as PSCredential;
        return new S3ModelStoreOptions
        {
            EndpointUrl = Text(nameof(StoreCommand.EndpointUrl)),
            Region = Text(nameof(StoreCommand.Region)),
            ProfileName = Text(nameof(StoreCommand.ProfileName)),
            AccessKeyId = credential?.UserName,
            SecretAccessKey = StoreCommand.Reveal(credential?.Password),
            SessionToken = StoreCommand.Reveal(Find(nameof(StoreCommand.SessionToken)) as SecureString),
            Anonymous = Flag(nameof(StoreCommand.Anonymous)),
            AddressingStyle = LanguagePrimitives.TryConvertTo(Find(nameof(StoreCommand.AddressingStyle)), CultureInfo.InvariantCulture, out AddressingStyle style) ? style : default,
            SkipCertificateCheck = Flag(nameof(StoreCommand.SkipCertificateCheck)),
            RequestPayer = Flag(nameof(StoreCommand.RequestPayer)),
            MaxRetries = 0,
        };
    }

    private static IDictionary DefaultValues()
    {
        var value = ScriptBlock.Create("$PSDefaultParameterValues").InvokeReturnAsIs();
        return (value is PSObject wrapped ? wrapped.BaseObject : value) as IDictionary ?? new Hashtable();
    }

    private string? Text(string parameter) => Find(parameter)?.ToString() is { Length: > 0 } text ? text : null;

    private bool Flag(string parameter) => LanguagePrimitives.TryConvertTo(Find(parameter), CultureInfo.InvariantCulture, out bool flag) && flag;

    private object? Find(string parameter)
    {
        var value = _typed.Contains(parameter) ? _typed[parameter] : Default(parameter);
        return value is PSObject wrapped ? wrapped.BaseObject : value;
    }

    // "command:parameter", with wildcards in both.
    private object? Default(string parameter)
    {
        if (LanguagePrimitives.IsTrue(_defaults["Disabled"]))
            return null;
        foreach (DictionaryEntry entry in _defaults)
        {
            if (entry.Key is string key
                && key.Split(':', 2, StringSplitOptions.TrimEntries) is [var command, var name]
                && WildcardPattern.Get(command, WildcardOptions.IgnoreCase).IsMatch(_command)
                && WildcardPattern.Get(name, WildcardOptions.IgnoreCase).IsMatch(parameter))
            {
                return entry.Value;
            }
        }

        return null;
    }
}
