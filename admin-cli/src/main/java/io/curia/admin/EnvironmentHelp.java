package io.curia.admin;

import io.curia.cli.EnvironmentDefaults;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.Help.IOptionRenderer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Usage help that names, after each option's description, the environment variable that stands for it. */
final class EnvironmentHelp extends Help {

    EnvironmentHelp(CommandSpec command, ColorScheme colours) {
        super(command, colours);
    }

    @Override
    public IOptionRenderer createDefaultOptionRenderer() {
        IOptionRenderer plain = super.createDefaultOptionRenderer();
        return (option, labels, colours) -> withVariable(plain.render(option, labels, colours), option, colours);
    }

    private static Text[][] withVariable(Text[][] lines, OptionSpec option, ColorScheme colours) {
        if (option.usageHelp() || option.versionHelp()) {
            return lines;
        }
        Text[] last = lines[lines.length - 1];
        int description = last.length - 1;
        last[description] = last[description].concat(" [" + EnvironmentDefaults.variableOf(option) + "]");
        return lines;
    }
}
