using System.Globalization;
using System.Resources;
using System.Runtime.CompilerServices;

namespace S3ModelStore.Engine.Resources;

/// <summary>
/// All that is said to a person, of this assembly and of the cmdlets. The texts are in <c>Messages.resx</c>, each under the name of the member
/// that gives it: what a text needs, the compiler asks for. Texts that begin in lower case are reasons, which end the sentence of another one.
/// </summary>
public static partial class Messages
{
    private static readonly ResourceManager Texts = new(typeof(Messages));

    private static string Text([CallerMemberName] string name = "") => Texts.GetString(name, CultureInfo.CurrentUICulture)!;

    private static string Text(object?[] values, [CallerMemberName] string name = "")
        => string.Format(CultureInfo.CurrentCulture, Texts.GetString(name, CultureInfo.CurrentUICulture)!, values);
}
