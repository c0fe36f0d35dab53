package io.tripline.rules;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Each family of rules is a room of its own: it may use what all rules share and families beneath it, and nobody but the list of all rules knows all. */
class FamiliesTest {
    private static final JavaClasses RULES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.tripline.rules");

    private static final String[] SHARED = {
        "io.tripline.rules.engine..",
        "io.tripline.rules.incident..",
        "io.tripline.rules.alert..",
        "io.tripline.rules.codec..",
        "io.tripline.rules.sketch..",
        "io.tripline.rules.network.."
    };

    @Test
    void shouldHaveNoCircleAmongFamilies() {
        slices().matching("io.tripline.rules.(*)..").should().beFreeOfCycles().check(RULES);
    }

    @Test
    void shouldLetOnlyTheListOfAllRulesKnowAllFamilies() {
        noClasses()
                .that()
                .resideInAPackage("io.tripline.rules.*..")
                .should()
                .dependOnClassesThat(resideInAPackage("io.tripline.rules"))
                .check(RULES);
    }

    @Test
    void shouldKeepWhatAllRulesShareFreeOfAnyFamily() {
        noClasses()
                .that()
                .resideInAnyPackage(SHARED)
                .should()
                .dependOnClassesThat(resideInAPackage("io.tripline.rules..").and(not(resideInAnyPackage(SHARED))))
                .check(RULES);
    }

    @Test
    void shouldHaveEachRuleInAPackageOfItsOwn() {
        assertThat(Rules.ALL)
                .extracting(rule -> rule.defaults().getClass().getPackageName())
                .doesNotHaveDuplicates()
                .allSatisfy(name -> assertThat(name).startsWith("io.tripline.rules."));
    }
}
